import { describe, expect, test } from 'vitest';
import type { Hello } from '../shared/wire/message.ts';
import { packClientMessage } from '../shared/wire/codec.ts';
import { startStroke } from '../shared/testing/peers.ts';
import { Connection } from './connection.ts';
import type { ConnectionLimits } from './connection-options.ts';
import { FaultyLog } from './log/faulty-log.ts';
import { memoryLog } from './log/memory.ts';
import { packedDialect } from './packed-dialect.ts';
import { openTestBoard, quiet, TEST_BOARD, type TestBoards, testBoards, TestSocket } from './testing/hosts.ts';
import { JsonDialect } from './json-dialect.ts';
import type { BoardId } from '../shared/ids.ts';

const hello: Hello = {
  type: 'Hello',
  secret: 'a-secret-of-ada-0001',
  slot: 1,
  name: 'Ada',
  color: 'blue',
  after: 0,
  settled: 0,
};
const limits: ConnectionLimits = {
  messagesPerSecond: 100,
  messageBurst: 200,
  bytesPerSecond: 1e5,
  byteBurst: 1e5,
  helloTimeoutMs: 5000,
};

function connect(boards: TestBoards, board: BoardId = TEST_BOARD, dialect = packedDialect) {
  const socket = new TestSocket();
  const closed: string[] = [];
  const connection = new Connection(socket, board, dialect, {
    connections: new Set(),
    boards: boards.boards,
    now: boards.now,
    elapsed: boards.now,
    after: boards.after,
    limits,
    observer: { received() {}, rejected() {}, closed: (reason) => void closed.push(reason), failed() {} },
  });
  return {
    socket,
    connection,
    closed,
    say: (...messages: Parameters<typeof packClientMessage>[0][]) =>
      connection.message(Buffer.concat(messages.map(packClientMessage)), false),
  };
}

async function joined(boards = testBoards(), as: Partial<Hello> = {}) {
  if (!(await boards.log.head(TEST_BOARD))) await openTestBoard(boards);
  const one = connect(boards);
  one.say({ ...hello, ...as });
  await quiet();
  return { boards, ...one };
}

describe('joining', () => {
  test('[S7] a newcomer gets the board and then each commit once', async () => {
    const { boards, socket, say } = await joined();
    expect(socket.messages().map((message) => message.type)).toEqual(['Joined', 'SnapshotBegan']);
    say(
      { type: 'Command', number: 1, command: startStroke(1) },
      { type: 'Command', number: 2, command: { type: 'EndStroke' } },
    );
    await quiet();
    expect(socket.revisions()).toEqual([2, 3, 4]);
    boards.advance(100);
    expect(socket.ofType('PresenceChanged')[0]?.changes[0]?.name).toBe('Ada');
  });

  test('[S10] something else than Hello, or nothing in time, ends it', async () => {
    const boards = testBoards();
    await openTestBoard(boards);
    const early = connect(boards);
    early.say({ type: 'Ping' });
    expect([early.socket.closeCode, early.closed]).toEqual([4400, ['Malformed']]);
    const silent = connect(boards);
    boards.advance(5000);
    expect(silent.socket.closeCode).toBe(4408);
  });

  test('[S10] commands right behind Hello wait for the board', async () => {
    const boards = testBoards();
    await openTestBoard(boards);
    const { say, socket } = connect(boards);
    say(hello, { type: 'Command', number: 1, command: startStroke(1) });
    await quiet();
    expect(socket.revisions()).toEqual([2, 3]);
  });

  test('[S13] a board that is not there, or that the link does not open', async () => {
    const boards = testBoards();
    const nowhere = connect(boards, 'NoSuchBoard00000' as BoardId);
    nowhere.say(hello);
    await quiet();
    expect(nowhere.socket.closeCode).toBe(4404);
    await boards.boards.create({ title: 'Mine', access: 'private' });
    const outside = connect(boards);
    outside.say(hello);
    await quiet();
    expect([outside.socket.closeCode, outside.socket.frames]).toEqual([4403, []]);
  });

  test('[S9] a log that cannot be read is an error, not an empty board', async () => {
    const log = new FaultyLog(memoryLog());
    const boards = testBoards(log);
    await boards.boards.create({ title: 'There', access: 'edit' });
    log.failReads = true;
    const first = connect(boards);
    first.say(hello);
    await quiet();
    expect([first.socket.closeCode, first.socket.frames]).toEqual([4500, []]);
    log.failReads = false;
    const second = connect(boards);
    second.say(hello);
    await quiet();
    expect(second.socket.ofType('SnapshotBegan')[0]?.board.title).toBe('There');
  });

  test('[S14] the same client again takes its place', async () => {
    const { boards, socket } = await joined();
    const again = connect(boards);
    again.say(hello);
    await quiet();
    expect([socket.closeCode, again.socket.closed]).toEqual([4410, false]);
  });

  test('[S15] [P6] who comes back gets what was missed; with another epoch, or too far, the whole board', async () => {
    const { boards, say, socket } = await joined();
    const epoch = boards.log.epoch;
    say(
      { type: 'Command', number: 1, command: startStroke(1) },
      { type: 'Command', number: 2, command: { type: 'EndStroke' } },
    );
    await quiet();
    expect(socket.revisions()).toEqual([2, 3, 4]);
    const back = await joined(boards, { slot: 2, after: 1, epoch });
    expect(back.socket.messages().map((message) => message.type)).toEqual(['Joined', 'Commit']);
    const level = await joined(boards, { slot: 3, after: 4, epoch });
    expect(level.socket.messages().map((message) => message.type)).toEqual(['Joined']);
    const foreign = await joined(boards, { slot: 4, after: 1, epoch: 'another-epoch-01' as typeof epoch });
    expect(foreign.socket.ofType('SnapshotBegan')).toHaveLength(1);
    const ahead = await joined(boards, { slot: 5, after: 999, epoch });
    expect(ahead.socket.ofType('SnapshotBegan')).toHaveLength(1);
  });

  test('[S16] who somebody is follows from the secret alone', async () => {
    const { boards, socket } = await joined();
    const other = await joined(boards, { secret: 'a-secret-of-bram-001' });
    const [mine, theirs] = [socket, other.socket].map((one) => one.ofType('Joined')[0]?.client);
    expect(mine).not.toBe(theirs);
    const { secret: _, ...nobody } = hello;
    const anonymous = connect(boards);
    anonymous.say(nobody);
    await quiet();
    expect([mine, theirs]).not.toContain(anonymous.socket.ofType('Joined')[0]?.client);
    expect(socket.closed).toBe(false);
  });
});

describe('bad input', () => {
  test('[S11] what cannot be decoded ends the connection and reaches nobody', async () => {
    const { boards, connection, socket } = await joined();
    const other = await joined(boards, { slot: 2 });
    const before = await boards.log.head(TEST_BOARD);
    connection.message(new Uint8Array([0xc1]), false);
    await quiet();
    expect([socket.closeCode, other.socket.closed]).toEqual([4400, false]);
    expect(socket.closeReason).toMatch(/^Malformed: .+/);
    expect(await boards.log.head(TEST_BOARD)).toBe(before);
  });

  test('[S11] text where there are binary frames, and the other way round', async () => {
    const packed = await joined();
    packed.connection.message(Buffer.from('{}'), true);
    expect(packed.socket.closeCode).toBe(4400);
    const json = connect(packed.boards, TEST_BOARD, new JsonDialect());
    json.connection.message(Buffer.from('{}'), false);
    expect(json.socket.closeCode).toBe(4400);
  });

  test('[S12] too many messages end it; those before are kept', async () => {
    const { boards, say, socket } = await joined();
    for (let number = 1; number <= 250; number++) say({ type: 'Command', number, command: startStroke(number) });
    await quiet();
    expect(socket.closeCode).toBe(4429);
    const head = await boards.log.head(TEST_BOARD);
    expect(head).toBeGreaterThan(150);
    expect(head).toBeLessThan(210);
  });

  test('[S3] a skipped number ends it with what was expected', async () => {
    const { say, socket } = await joined();
    say({ type: 'Command', number: 3, command: startStroke(1) });
    await quiet();
    expect([socket.closeCode, socket.closeReason]).toEqual([4409, 'CommandGap: Expected number 1, not 3.']);
  });

  test('[S13] a refusal is told and the board goes on', async () => {
    const { say, socket } = await joined();
    say(
      { type: 'Command', number: 1, command: { type: 'Undo' } },
      { type: 'Command', number: 2, command: startStroke(1) },
    );
    await quiet();
    expect(socket.ofType('Rejected')[0]).toMatchObject({ number: 1, code: 'NothingToUndo' });
    expect(socket.ofType('Settled')[0]).toMatchObject({ through: 1 });
    expect(socket.revisions()).toEqual([2, 3]);
  });
});

describe('a full socket', () => {
  test('[S8] is sent nothing more, and goes on from its checkpoint', async () => {
    const { boards, socket, connection } = await joined();
    const other = await joined(boards, { slot: 2 });
    socket.room = 2;
    for (let number = 1; number <= 30; number++) {
      other.say({ type: 'Command', number, command: startStroke(number) });
      await quiet(3);
    }
    expect(socket.revisions()).toEqual([2, 3, 4]);
    expect(other.socket.revisions()).toHaveLength(31);
    socket.room = Infinity;
    connection.drain();
    await quiet();
    expect(socket.revisions()).toEqual(other.socket.revisions());
    other.say({ type: 'Command', number: 31, command: { type: 'EndStroke' } });
    await quiet();
    expect(socket.revisions()).toEqual(other.socket.revisions());
  });

  test('[H2] is passed over by presence, and told of everybody later', async () => {
    const { boards, socket } = await joined();
    boards.advance(100);
    const before = socket.ofType('PresenceChanged').length;
    socket.buffered = 1e6;
    const other = await joined(boards, { slot: 2 });
    boards.advance(100);
    other.connection.closed();
    const third = await joined(boards, { slot: 3, name: 'Cleo' });
    boards.advance(100);
    expect(socket.ofType('PresenceChanged')).toHaveLength(before);
    socket.buffered = 0;
    boards.advance(100);
    const told = socket.ofType('PresenceChanged').at(-1);
    expect([told?.everyone, told?.changes.map((one) => one.name)]).toEqual([true, ['Ada', 'Cleo']]);
    expect(third.socket.closed).toBe(false);
  });

  test('[H4] while it is busy, nobody else is told that nothing has changed', async () => {
    const { boards, socket } = await joined();
    socket.buffered = 1e6;
    const other = await joined(boards, { slot: 2 });
    boards.advance(100);
    const before = other.socket.ofType('PresenceChanged').length;
    boards.advance(1000);
    expect(other.socket.ofType('PresenceChanged')).toHaveLength(before);
    socket.buffered = 0;
    boards.advance(100);
    expect(socket.ofType('PresenceChanged').at(-1)?.changes).toHaveLength(2);
    expect(other.socket.ofType('PresenceChanged')).toHaveLength(before);
  });
});

test('[H1] [H3] cursors are overwritten, newcomers and leavers told', async () => {
  const { boards, socket } = await joined();
  const other = await joined(boards, { slot: 2, name: 'Bram' });
  boards.advance(100);
  const before = socket.ofType('PresenceChanged').length;
  for (let x = 0; x < 20; x++) other.say({ type: 'Pointing', cursor: { x, y: 0 }, past: false });
  boards.advance(100);
  other.connection.closed();
  boards.advance(100);
  const told = socket.ofType('PresenceChanged').slice(before);
  expect(told.map((message) => message.changes.map((one) => one.cursor?.x))).toEqual([[19], []]);
  expect(told[1]?.left).toHaveLength(1);
});
