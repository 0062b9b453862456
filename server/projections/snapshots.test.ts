import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId, Epoch, Revision } from '../../shared/ids.ts';
import { boardDifference } from '../../shared/testing/same-board.ts';
import { seededRandom, wholeBetween } from '../../shared/testing/random.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { packSnapshot, unpackSnapshot } from '../../shared/wire/board-codec.ts';
import { Boards, type OpenBoard } from '../boards.ts';
import { packedCommit } from '../commits.ts';
import type { EventLog } from '../log/event-log.ts';
import { FaultyLog } from '../log/faulty-log.ts';
import { memoryLog } from '../log/memory.ts';
import { eventDigest } from './event-digest.ts';
import { snapshotMemory } from './snapshot-memory.ts';
import type { SnapshotStore, StoredSnapshot } from './snapshot-store.ts';

const BOARD = 'BoardOfSnapshots' as BoardId;

/** Boards whose idle time is the test's, on a store that says what it is asked. */
function server(log: EventLog, store: SnapshotStore) {
  let skipped = 0;
  const idle: (() => void)[] = [];
  const failures: unknown[] = [];
  const saved: Revision[] = [];
  const boards = new Boards(log, {
    now: Date.now,
    elapsed: () => performance.now() + skipped,
    scheduler: {
      soon: (run) => void setImmediate(run),
      after: (ms, run) => (ms > 10_000 ? void idle.push(run) : void setImmediate(run)),
    },
    newBoardId: () => BOARD,
    snapshots: {
      ...store,
      async save(board, snapshot) {
        await store.save(board, snapshot);
        saved.push(snapshot.revision);
      },
    },
    snapshotsFailed: (error) => failures.push(error),
  });
  return {
    boards,
    failures,
    saved,
    open: async () => (await boards.open(BOARD)) as OpenBoard,
    /** Nobody was here for a long time. */
    rest() {
      skipped += 1e6;
      for (const run of idle.splice(0)) run();
    },
  };
}

/** Waits for what comes by itself; the test ends by its time limit where it does not. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}
const events = (commits: readonly Commit[]) => commits.flatMap((commit) => commit.events);
const folded = (commits: readonly Commit[]): Board => fold(emptyBoard, events(commits));

async function append(log: EventLog, commits: readonly Commit[]): Promise<void> {
  if (commits[0]) await log.append(BOARD, commits[0].after, commits.map(packedCommit));
}

async function logOf(commits: readonly Commit[], epoch?: string): Promise<EventLog> {
  const log = memoryLog(epoch);
  await append(log, commits);
  return log;
}

/** A snapshot of the board that the commits make, as a server with this log would store it. */
async function snapshotOf(log: EventLog, commits: readonly Commit[]): Promise<StoredSnapshot> {
  const board = folded(commits);
  const event = (await eventDigest(log, BOARD, board.revision)) ?? '';
  return { epoch: log.epoch, revision: board.revision, event, frames: packSnapshot(board) };
}

async function storeWith(snapshot: StoredSnapshot): Promise<SnapshotStore> {
  const store = snapshotMemory();
  await store.save(BOARD, snapshot);
  return store;
}

describe('[J5] a snapshot and what the log has after it are the board', () => {
  test.each([1, 2, 3, 4, 5, 6])('of a session, at random moments (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const commits = generateSession({ seed, authors: 1 + seed, events: 1500 });
    const whole = folded(commits);
    for (let round = 0; round < 6; round++) {
      const cut = wholeBetween(random, 1, commits.length);
      const end = wholeBetween(random, cut, commits.length);
      const log = await logOf(commits.slice(0, end));
      const { boards, open, failures } = server(log, await storeWith(await snapshotOf(log, commits.slice(0, cut))));
      const { host, snapshots } = await open();
      expect(snapshots.checkpoint).toBe(commits[cut]?.after ?? whole.revision);
      expect(boardDifference(host.board, folded(commits.slice(0, end)))).toBeNull();
      // Its strokes go on where they were.
      expect(boardDifference(fold(host.board, events(commits.slice(end))), whole)).toBeNull();
      expect(failures).toEqual([]);
      await boards.close();
    }
  });

  test('also where its revision lies inside a commit', async () => {
    const commits = generateSession({ seed: 9, authors: 4, events: 800 });
    const all = events(commits);
    const log = await logOf([{ after: 0, at: all.at(-1)?.at ?? 0, events: all }]);
    const at = all.at(-1)?.at ?? 0;
    const half = all.slice(0, 400).map((event) => ({ ...event, at }));
    const snapshot = await snapshotOf(log, [{ after: 0, at, events: half }]);
    const { boards, open } = server(log, await storeWith(snapshot));
    const { host, snapshots } = await open();
    expect(snapshots.checkpoint).toBe(400);
    expect(
      boardDifference(
        host.board,
        fold(
          emptyBoard,
          all.map((event) => ({ ...event, at })),
        ),
      ),
    ).toBeNull();
    await boards.close();
  });
});

describe('[J6] a snapshot counts only where the log says the same', () => {
  const commits = generateSession({ seed: 11, authors: 3, events: 1200 });
  const before = commits.slice(0, -40);

  async function opened(log: EventLog, snapshot: StoredSnapshot) {
    const { boards, open, failures } = server(log, await storeWith(snapshot));
    const { host, snapshots } = await open();
    const result = { difference: boardDifference(host.board, folded(commits)), used: snapshots.checkpoint, failures };
    await boards.close();
    return result;
  }

  test('this one does', async () => {
    const log = await logOf(commits);
    const snapshot = await snapshotOf(log, before);
    expect(await opened(log, snapshot)).toEqual({ difference: null, used: snapshot.revision, failures: [] });
  });

  test('of another epoch', async () => {
    const log = await logOf(commits);
    const snapshot = { ...(await snapshotOf(log, before)), epoch: 'another-epoch' as Epoch };
    expect(await opened(log, snapshot)).toEqual({ difference: null, used: 0, failures: [] });
  });

  test('ahead of the log, as after a backup was put in place', async () => {
    const further = generateSession({ seed: 11, authors: 3, events: 1400 });
    const snapshot = await snapshotOf(await logOf(further, 'the-same-epoch'), further);
    expect(await opened(await logOf(commits, 'the-same-epoch'), snapshot)).toMatchObject({ difference: null, used: 0 });
  });

  test('of a log that has the epoch and the revision, but went another way', async () => {
    const other = generateSession({ seed: 12, authors: 3, events: 1100 });
    const snapshot = await snapshotOf(await logOf(other, 'the-same-epoch'), other);
    expect(snapshot.revision).toBeLessThan(folded(commits).revision);
    expect(await opened(await logOf(commits, 'the-same-epoch'), snapshot)).toMatchObject({ difference: null, used: 0 });
  });

  test('that cannot be decoded, or says another revision than it has: it is told', async () => {
    const log = await logOf(commits);
    const good = await snapshotOf(log, before);
    const at = good.revision - 1;
    const moved = { ...good, revision: at, event: (await eventDigest(log, BOARD, at)) ?? '' };
    expect(await opened(log, moved)).toMatchObject({ difference: null, used: 0 });
    for (const frames of [[], good.frames.slice(1), good.frames.slice(0, -1), [Uint8Array.of(0xc1)]]) {
      const { difference, used, failures } = await opened(log, { ...good, frames });
      expect([difference, used, failures.length]).toEqual([null, 0, 1]);
    }
  });
});

describe('[J7] a snapshot is taken', () => {
  const commits = generateSession({ seed: 21, authors: 6, events: 12_000 });
  const half = commits.slice(0, commits.length >> 1);
  const rest = commits.slice(half.length);

  test('when a board that is far ahead of the last one is opened, and when enough was drawn since', async () => {
    const log = await logOf(half);
    const store = snapshotMemory();
    const { boards, open, saved } = server(log, store);
    const { host, snapshots } = await open();
    const { revision } = host.board;
    await until(() => saved.length === 1);
    await append(log, rest);
    await until(() => saved.length === 2);
    expect(saved).toEqual([revision, host.board.revision]);
    expect(snapshots.checkpoint).toBe(host.board.revision);
    const stored = await store.load(BOARD);
    const bytes = Uint8Array.from(Buffer.concat(stored?.frames ?? []));
    expect(boardDifference(unpackSnapshot(bytes), folded(commits))).toBeNull();
    await boards.close();
  });

  test('not for a little', async () => {
    const log = await logOf(half);
    const { boards, open, saved } = server(log, await storeWith(await snapshotOf(log, half)));
    await open();
    await append(log, rest.slice(0, 30));
    await boards.close();
    expect(saved).toEqual([]);
  });

  test.each(['nobody came for a while', 'the server stops'])('when %s', async (why) => {
    const log = await logOf(half);
    const { boards, open, saved, rest: goIdle } = server(log, await storeWith(await snapshotOf(log, half)));
    const { host } = await open();
    await append(log, rest.slice(0, 400));
    await until(() => host.board.revision === rest[400]?.after);
    expect(saved).toEqual([]);
    if (why === 'the server stops') await boards.close();
    else goIdle();
    await until(() => saved.length > 0);
    expect(saved).toEqual([host.board.revision]);
    expect(boards.openCount).toBe(0);
    await boards.close();
  });
});

describe('[J4] where snapshots cannot be kept or read', () => {
  const commits = generateSession({ seed: 31, authors: 6, events: 12_000 });
  const nothing = async (): Promise<never> => {
    throw new Error('The disk is full.');
  };

  test('the board is the same, whoever joins gets it, and it is told once', async () => {
    const cut = commits.length >> 1;
    const log = await logOf(commits.slice(0, cut));
    const { boards, open, failures } = server(log, { save: nothing, load: nothing, remove: nothing });
    const { host, snapshots } = await open();
    await until(() => failures.length > 0);
    await append(log, commits.slice(cut));
    await until(() => host.board.revision === folded(commits).revision);
    expect(boardDifference(host.board, folded(commits))).toBeNull();
    const { revision, frames } = await snapshots.current();
    const sent = unpackSnapshot(Uint8Array.from(Buffer.concat(frames)));
    expect(boardDifference(sent, folded(commits.filter(({ after }) => after < revision)))).toBeNull();
    await boards.close();
    expect(failures).toEqual([new Error('The disk is full.')]);
  });

  test('but a log that cannot be read is an error all the same', async () => {
    const log = new FaultyLog(await logOf(commits));
    const { boards } = server(log, await storeWith(await snapshotOf(log, commits)));
    log.failReads = true;
    await expect(boards.open(BOARD)).rejects.toThrow('A test fails the reads.');
    log.failReads = false;
    expect((await boards.open(BOARD))?.host.board.revision).toBe(folded(commits).revision);
    await boards.close();
  });
});

describe('[J8] who joins', () => {
  const commits = generateSession({ seed: 41, authors: 6, events: 6000 });

  test('after a restart gets the stored frames, and only what came since is read from the log', async () => {
    const log = await logOf(commits);
    const stored = await snapshotOf(log, commits.slice(0, -50));
    const read: number[] = [];
    const counting = Object.assign(Object.create(log) as EventLog, {
      epoch: log.epoch,
      read: (id: BoardId, after: number, max: number) => (read.push(after), log.read(id, after, max)),
      head: (id: BoardId) => log.head(id),
      watch: (id: BoardId, told: () => void) => log.watch(id, told),
    });
    const { boards, open } = server(counting, await storeWith(stored));
    const { snapshots } = await open();
    const { revision, frames } = await snapshots.current();
    expect([revision, frames]).toEqual([stored.revision, stored.frames]);
    expect(Math.min(...read)).toBe(stored.revision - 1);
    await boards.close();
  });

  test('waits with all others for one packing where there is none yet', async () => {
    const log = await logOf(commits);
    const { boards, open } = server(log, snapshotMemory());
    const { host, snapshots } = await open();
    const [one, other] = await Promise.all([snapshots.current(), snapshots.current()]);
    expect(one).toBe(other);
    expect(one?.revision).toBe(host.board.revision);
    await boards.close();
  });
});
