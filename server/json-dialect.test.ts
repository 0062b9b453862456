import { expect, test } from 'vitest';
import { Connection } from './connection.ts';
import { JsonDialect } from './json-dialect.ts';
import { openTestBoard, quiet, TEST_BOARD, testBoards, TestSocket } from './testing/hosts.ts';

const connectionOf = (boards: ReturnType<typeof testBoards>, socket: TestSocket): Connection =>
  new Connection(socket, TEST_BOARD, new JsonDialect(), {
    boards: boards.boards,
    now: boards.now,
    elapsed: boards.now,
    after: boards.after,
    connections: new Set(),
    limits: { messagesPerSecond: 100, messageBurst: 100, bytesPerSecond: 1e6, byteBurst: 1e6, helloTimeoutMs: 5000 },
    observer: { received() {}, rejected() {}, closed() {}, failed() {} },
  });

async function person(boards: ReturnType<typeof testBoards>, name: string, hello: object = {}) {
  const socket = new TestSocket();
  const connection = connectionOf(boards, socket);
  const say = (message: object): void => connection.message(Buffer.from(JSON.stringify(message)), true);
  say({ type: 'Hello', secret: `secret-of-${name}-0001`, slot: 1, name, color: 'red', after: 0, settled: 0, ...hello });
  await quiet();
  const heard = () => socket.frames.map((frame) => JSON.parse(frame as string));
  const events = () => heard().flatMap((message) => (message.type === 'Commit' ? message.events : []));
  return { socket, connection, say, heard, events };
}

const start = { type: 'StartStroke', points: [[100, 50, 0.5, 0]] };
const extend = { type: 'ExtendStroke', points: [[110.5, 55, 0.5, 16]] };

test('[W10] [W11] a person with any WebSocket client joins, draws in absolute points, and is seen to', async () => {
  const boards = testBoards();
  await openTestBoard(boards);
  const ada = await person(boards, 'Ada');
  const bram = await person(boards, 'Bram');
  ada.say({ type: 'Command', number: 1, command: start });
  ada.say({ type: 'Command', number: 2, command: extend });
  ada.say({ type: 'Command', number: 3, command: { type: 'EndStroke' } });
  await quiet();
  expect(bram.events()).toEqual(ada.events());
  const [joined, started, extended, ended] = bram.events();
  expect([joined.type, started.type, extended.type, ended.type]).toEqual([
    'AuthorJoined',
    'StrokeStarted',
    'StrokeExtended',
    'StrokeEnded',
  ]);
  expect(started.points[0].slice(0, 2)).toEqual([100, 50]);
  expect(extended.points[0]).toEqual([110.5, 55, started.points[0][2], 16]);
  expect(extended.shape).toBe(started.shape);
});

test('[S15] [S8] who comes back, or could not keep up, gets the rest with the same points', async () => {
  const boards = testBoards();
  await openTestBoard(boards);
  const ada = await person(boards, 'Ada');
  const slow = await person(boards, 'Slow');
  slow.socket.room = 1;
  ada.say({ type: 'Command', number: 1, command: start });
  await quiet();
  ada.say({ type: 'Command', number: 2, command: extend });
  await quiet();
  ada.say({ type: 'Command', number: 3, command: { type: 'ExtendStroke', points: [[120, 60, 0.5, 16]] } });
  await quiet();
  expect(slow.events().length).toBeLessThan(ada.events().length);
  slow.socket.room = Infinity;
  slow.connection.drain();
  await quiet();
  expect(slow.events()).toEqual(ada.events());
  const back = await person(boards, 'Bram', { after: 3, epoch: boards.log.epoch });
  expect(back.events()).toEqual(ada.events().slice(2));
});

test('[S10] a whole conversation pasted at once means what it says', async () => {
  const boards = testBoards();
  await openTestBoard(boards);
  const first = await person(boards, 'Ada');
  first.say({ type: 'Command', number: 1, command: start });
  await quiet();
  first.connection.closed();
  const socket = new TestSocket();
  const again = connectionOf(boards, socket);
  const say = (message: object): void => again.message(Buffer.from(JSON.stringify(message)), true);
  say({ type: 'Hello', secret: 'secret-of-Ada-0001', slot: 1, name: 'Ada', color: 'red', after: 0, settled: 1 });
  say({ type: 'Command', number: 2, command: extend });
  say({ type: 'Command', number: 3, command: start });
  await quiet();
  const events = socket.frames.map((frame) => JSON.parse(frame as string)).flatMap((one) => one.events ?? []);
  expect(events.slice(-2).map((event) => [event.type, event.points[0].slice(0, 2)])).toEqual([
    ['StrokeExtended', [110.5, 55]],
    ['StrokeStarted', [100, 50]],
  ]);
});

test('[S11] what is wrong with a message is said', async () => {
  const boards = testBoards();
  await openTestBoard(boards);
  const ada = await person(boards, 'Ada');
  ada.say({ type: 'Command', number: 1, command: { type: 'StartStroke', points: [[1e9, 0, 0.5, 0]] } });
  expect(ada.socket.closeCode).toBe(4400);
  expect(ada.socket.closeReason).toMatch(/points/);
});
