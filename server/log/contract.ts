import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import { type EventLog, LogUnavailable, type PackedCommit, WrongRevision } from './event-log.ts';

/** A log made for one test, and what the test can do to it from outside. */
export interface LogUnderTest {
  readonly log: EventLog;
  /** Closes it and opens the same store again; absent where nothing outlives the process. */
  readonly reopen?: () => Promise<EventLog>;
  /** What is durable of a board, by another way than the log's own; absent where there is none. */
  readonly stored?: (board: BoardId) => readonly PackedCommit[];
  /** From now on the store cannot be read. */
  readonly breakReading: () => void;
  /** Closes what is open and removes what was made. */
  readonly end: () => Promise<void>;
}

type Story = (under: LogUnderTest) => Promise<void>;

export const boardA = 'BoardAAAAAAAAAAA' as BoardId;
export const boardB = 'BoardBBBBBBBBBBB' as BoardId;
const all = Number.MAX_SAFE_INTEGER;

/** A commit with bytes that tell it from others; `size` of them. */
export function commit(after: number, last: number, size = 12): PackedCommit {
  const bytes = new Uint8Array(size);
  for (let index = 0; index < size; index++) bytes[index] = after * 31 + last * 7 + index;
  return { after, last, at: 1_700_000_000_000 + last, bytes };
}

/** Commits that follow `after`, each of so many events. */
export function run(after: number, ...lengths: number[]): PackedCommit[] {
  let head = after;
  return lengths.map((length) => commit(head, (head += length)));
}

/** As values that compare quickly and print shortly, whatever kind of buffer an adapter gives. */
export const plain = (commits: readonly PackedCommit[]) =>
  commits.map(({ after, last, at, bytes }) => ({ after, last, at, size: bytes.length, bytes: digest(bytes) }));

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
const revisions = (commits: readonly PackedCommit[]) => commits.map(({ after, last }) => [after, last]);

/** The acceptance suite of the port: an adapter's own test is one call of it. */
export function testEventLog(name: string, make: () => Promise<LogUnderTest>): void {
  const rule = (title: string, story: Story) =>
    test(title, async () => {
      const under = await make();
      try {
        await story(under);
      } finally {
        await under.end();
      }
    });

  describe(`${name} keeps the contract of every log:`, () => {
    testAppending(rule);
    testReading(rule);
    testWatching(rule);
    testLifetime(rule);
  });
}

type Rule = (title: string, story: Story) => void;

function testAppending(rule: Rule): void {
  rule('[L1] appends follow the expected revision and are read back in order', async ({ log }) => {
    await log.append(boardA, 0, run(0, 1, 3));
    await log.append(boardA, 4, run(4, 2));
    expect(plain(await log.read(boardA, 0, all))).toEqual(plain([...run(0, 1, 3), ...run(4, 2)]));
  });

  rule('[L2] a wrong expected revision is refused with both numbers, and nothing is stored', async ({ log }) => {
    await log.append(boardA, 0, run(0, 2));
    for (const wrong of [0, 1, 3]) {
      const refusal = await log.append(boardA, wrong, run(wrong, 1)).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(WrongRevision);
      expect(refusal).toMatchObject({ board: boardA, expected: wrong, actual: 2 });
    }
    await expect(log.append(boardB, 5, run(5, 1))).rejects.toMatchObject({ expected: 5, actual: 0 });
    expect(revisions(await log.read(boardA, 0, all))).toEqual([[0, 2]]);
    expect(await log.read(boardB, 0, all)).toEqual([]);
  });

  rule('[L3] commits that do not follow one another are refused, and none of them is stored', async ({ log }) => {
    const gap = [commit(0, 2), commit(3, 4)];
    const overlap = [commit(0, 2), commit(1, 4)];
    const empty = [commit(0, 2), commit(2, 2)];
    const elsewhere = [commit(7, 8)];
    for (const commits of [gap, overlap, empty, elsewhere]) {
      await expect(log.append(boardA, 0, commits)).rejects.toThrow(RangeError);
    }
    expect(await log.head(boardA)).toBe(0);
    expect(await log.read(boardA, 0, all)).toEqual([]);
  });

  rule('[L4] of two appends with the same expected revision exactly one is stored', async ({ log }) => {
    const results = await Promise.allSettled([
      log.append(boardA, 0, [commit(0, 1, 5)]),
      log.append(boardA, 0, [commit(0, 2, 6)]),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await log.read(boardA, 0, all)).toHaveLength(1);
  });

  rule("[L5] one board's wrong revision does not harm the appends beside it", async ({ log }) => {
    await log.append(boardB, 0, run(0, 3));
    const results = await Promise.allSettled([
      log.append(boardA, 0, run(0, 1)),
      log.append(boardB, 1, run(1, 1)),
      log.append(boardA, 1, run(1, 1)),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect([await log.head(boardA), await log.head(boardB)]).toEqual([2, 3]);
  });

  rule('[L6] appends to many boards at once stay apart, each in order', async ({ log }) => {
    const boards = Array.from({ length: 30 }, (_, index) => `Board${String(index).padStart(11, '0')}` as BoardId);
    const rounds = [0, 1, 2, 3, 4];
    await Promise.all(
      boards.flatMap((board, n) => rounds.map((round) => log.append(board, round, [commit(round, round + 1, n)]))),
    );
    for (const [n, board] of boards.entries()) {
      const expected = rounds.map((round) => commit(round, round + 1, n));
      expect(plain(await log.read(board, 0, all))).toEqual(plain(expected));
    }
  });

  rule('[L7] an append has resolved only when it is durable', async ({ log, stored }) => {
    await log.append(boardA, 0, run(0, 1, 1));
    const commits = stored ? stored(boardA) : await log.read(boardA, 0, all);
    expect(plain(commits)).toEqual(plain(run(0, 1, 1)));
  });

  rule('[L8] bytes come back as they were, whatever the caller does with a buffer later', async ({ log }) => {
    const commits = [
      commit(0, 1, 0),
      commit(1, 2, 256),
      commit(2, 3, 1),
      commit(3, 4, 300_000),
      commit(4, 5, 2_500_000),
    ];
    const before = plain(commits);
    const appended = log.append(boardA, 0, commits);
    for (const { bytes } of commits) bytes.fill(0);
    await appended;
    const read = await log.read(boardA, 0, all);
    expect(plain(read)).toEqual(before);
    for (const { bytes } of read) bytes.fill(0);
    expect(plain(await log.read(boardA, 0, all))).toEqual(before);
  });

  rule('[L8] the bytes may be a view of a larger buffer, which stays the caller’s', async ({ log }) => {
    const shared = Uint8Array.from({ length: 64 }, (_, index) => index);
    await log.append(boardA, 0, [{ after: 0, last: 1, at: 1, bytes: shared.subarray(20, 30) }]);
    const pooled = Buffer.from('a buffer of the pool');
    await log.append(boardA, 1, [{ after: 1, last: 2, at: 2, bytes: pooled }]);
    const [first, second] = await log.read(boardA, 0, all);
    expect([...first!.bytes]).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    expect(Buffer.from(second!.bytes).toString()).toBe('a buffer of the pool');
    expect([shared.length, pooled.toString()]).toEqual([64, 'a buffer of the pool']);
  });

  rule('[L9] an append of no commits only looks at the revision', async ({ log }) => {
    await log.append(boardA, 0, []);
    await expect(log.append(boardA, 1, [])).rejects.toThrow(WrongRevision);
    expect(await log.head(boardA)).toBe(0);
  });
}

function testReading(rule: Rule): void {
  rule('[L10] the head is the last revision, and 0 where there is no board', async ({ log }) => {
    expect(await log.head(boardA)).toBe(0);
    await log.append(boardA, 0, run(0, 5, 2));
    expect(await log.head(boardA)).toBe(7);
    expect(await log.head(boardB)).toBe(0);
    expect(await log.read(boardB, 0, all)).toEqual([]);
  });

  rule('[L11] a read begins with the commit that holds the next revision, even inside it', async ({ log }) => {
    await log.append(boardA, 0, run(0, 3, 3, 3));
    const firstAfter = async (after: number) => (await log.read(boardA, after, all))[0]?.after;
    expect(await Promise.all([0, 1, 2, 3, 4, 6, 8, 9, 50].map(firstAfter))).toEqual([
      0,
      0,
      0,
      3,
      3,
      6,
      6,
      undefined,
      undefined,
    ]);
  });

  rule('[L12] a page keeps within its bytes but holds at least one commit', async ({ log }) => {
    await log.append(boardA, 0, [commit(0, 1, 100), commit(1, 2, 100), commit(2, 3, 100), commit(3, 4, 500)]);
    const lengths = async (after: number, maxBytes: number) => (await log.read(boardA, after, maxBytes)).length;
    expect(await lengths(0, 0)).toBe(1);
    expect(await lengths(0, 199)).toBe(1);
    expect(await lengths(0, 200)).toBe(2);
    expect(await lengths(0, 799)).toBe(3);
    expect(await lengths(3, 10)).toBe(1);
    expect(await lengths(4, 10)).toBe(0);
  });

  rule('[L12] pages one behind the other are the whole stream', async ({ log }) => {
    const commits = Array.from({ length: 1_300 }, (_, index) => commit(index * 2, index * 2 + 2, index % 40));
    await log.append(boardA, 0, commits);
    const pages: PackedCommit[] = [];
    for (
      let page = await log.read(boardA, 0, 6_000);
      page.length > 0;
      page = await log.read(boardA, pages.at(-1)!.last, 6_000)
    ) {
      expect(page.reduce((sum, { bytes }) => sum + bytes.length, 0)).toBeLessThanOrEqual(6_000);
      pages.push(...page);
    }
    expect(plain(pages)).toEqual(plain(commits));
    expect(plain(await log.read(boardA, 0, all))).toEqual(plain(commits));
  });

  rule('[L13] what cannot be read is an error, never an empty list or 0', async ({ log, breakReading }) => {
    await log.append(boardA, 0, run(0, 1));
    breakReading();
    await expect(log.read(boardA, 0, all)).rejects.toThrow(LogUnavailable);
    await expect(log.head(boardA)).rejects.toThrow(LogUnavailable);
  });
}

function testWatching(rule: Rule): void {
  rule(
    '[L14] a watcher hears of each append to its board when it is durable, with the new head',
    async ({ log, stored }) => {
      const heard: number[] = [];
      const durable: (number | undefined)[] = [];
      log.watch(boardA, (head) => {
        heard.push(head);
        if (stored) durable.push(stored(boardA).at(-1)?.last);
      });
      await log.append(boardA, 0, run(0, 2));
      await log.append(boardB, 0, run(0, 9));
      await log.append(boardA, 2, run(2, 1, 4));
      await log.append(boardA, 7, []);
      await log.append(boardA, 0, run(0, 1)).catch(() => 'refused');
      expect(heard).toEqual([2, 7]);
      if (stored) expect(durable).toEqual([2, 7]);
    },
  );

  rule('[L15] a watcher that has ended hears nothing more, and the others still do', async ({ log }) => {
    const heard: string[] = [];
    const same = (head: number) => heard.push(`same ${head}`);
    const endFirst = log.watch(boardA, same);
    log.watch(boardA, same);
    const endOther = log.watch(boardA, (head) => heard.push(`other ${head}`));
    await log.append(boardA, 0, run(0, 1));
    endFirst();
    endFirst();
    endOther();
    await log.append(boardA, 1, run(1, 1));
    expect(heard).toEqual(['same 1', 'same 1', 'other 1', 'same 2']);
  });
}

function testLifetime(rule: Rule): void {
  rule('[L16] closing finishes what waits; later calls throw', async ({ log }) => {
    const waiting = [
      log.append(boardA, 0, run(0, 1)),
      log.append(boardA, 1, run(1, 1)),
      log.append(boardB, 0, run(0, 1)),
    ];
    const closed = log.close();
    await Promise.all(waiting);
    await closed;
    await log.close();
    await expect(log.append(boardA, 2, run(2, 1))).rejects.toThrow(LogUnavailable);
    await expect(log.read(boardA, 0, all)).rejects.toThrow(LogUnavailable);
    await expect(log.head(boardA)).rejects.toThrow(LogUnavailable);
    expect(() => log.watch(boardA, () => {})).toThrow(LogUnavailable);
  });

  rule('[L17] a store keeps its epoch and its streams when it is opened again', async ({ log, reopen }) => {
    const { epoch } = log;
    expect(epoch).toMatch(/^[A-Za-z0-9_-]{8,32}$/);
    if (!reopen) return;
    await log.append(boardA, 0, run(0, 2, 2));
    const again = await reopen();
    expect(again.epoch).toBe(epoch);
    expect(plain(await again.read(boardA, 0, all))).toEqual(plain(run(0, 2, 2)));
    await again.append(boardA, 4, run(4, 1));
    expect(await again.head(boardA)).toBe(5);
  });
}
