import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId, Revision } from '../../shared/ids.ts';
import { seededRandom, wholeBetween } from '../../shared/testing/random.ts';
import { boardDifference } from '../../shared/testing/same-board.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import type { BoardHost } from '../board-host.ts';
import { packedCommit } from '../commits.ts';
import type { EventLog } from '../log/event-log.ts';
import { memoryLog } from '../log/memory.ts';
import { type Moment, Past } from '../past.ts';
import { milestoneFiles } from './milestone-files.ts';
import type { MilestoneStore } from './milestone-store.ts';
import { Milestones } from './milestones.ts';

const BOARD = 'BoardOfMilestone' as BoardId;
const SPACING = 100;
const session = generateSession({ seed: 21, authors: 4, events: 1_500, idle: 0.1, things: true });
const events = session.flatMap((commit) => commit.events);
const present = fold(emptyBoard, events);
const scheduler = { soon: (run: () => void) => void setImmediate(run), after: (_: number, run: () => void) => void setImmediate(run) }; // prettier-ignore
const asker = { address: '127.0.0.1', signal: new AbortController().signal };
const elapsed = (): number => performance.now();

let folder: string;
let store: MilestoneStore;
let log: EventLog;
let failures: unknown[];
/** After which revisions the log was read. */
let reads: Revision[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retrace-milestones-'));
  store = milestoneFiles(folder);
  log = await logOf(session);
  failures = [];
  reads = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

async function logOf(commits: readonly Commit[], epoch?: string): Promise<EventLog> {
  const made = memoryLog(epoch);
  await made.append(BOARD, 0, commits.map(packedCommit));
  const read = made.read.bind(made);
  return Object.assign(made, {
    read: (board: BoardId, after: Revision, maxBytes: number) => {
      reads.push(after);
      return read(board, after, Math.min(maxBytes, 1_000));
    },
  });
}

const milestones = (of = log, kept = store): Milestones =>
  new Milestones({
    log: of,
    store: kept,
    scheduler,
    elapsed,
    spacing: SPACING,
    failed: (error) => failures.push(error),
  });
const revisions = async (): Promise<Revision[]> => (await store.list(BOARD)).map(({ revision }) => revision);
const filesBelow = (): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.snapshot'))
    .map((name) => join(folder, name));

const foldTo = (moment: Moment): Board =>
  fold(
    emptyBoard,
    events.filter(({ revision, at }) => ('revision' in moment ? revision <= moment.revision : at <= moment.time)),
  );

/** Of a server that was just started, and stops then. */
async function expectMoment(moment: Moment, kept = milestones()): Promise<void> {
  reads = [];
  const board = await new Past(log, kept).boardAt(BOARD, present, moment, asker);
  expect(boardDifference(board!, foldTo(moment))).toBeNull();
  await kept.close();
}

test('[J12] any moment is folded from the milestone before it', async () => {
  await milestones().fill(BOARD, present.revision);
  const all = await revisions();
  expect(all.length).toBeGreaterThan(8);
  expect(all.every((revision, i) => revision - (all[i - 1] ?? 0) >= SPACING)).toBe(true);
  const random = seededRandom(5);
  for (let round = 0; round < 30; round++) {
    const event = events[wholeBetween(random, 0, events.length - 2)]!;
    await expectMoment(random() < 0.5 ? { revision: event.revision } : { time: event.at });
    const from = all.findLast((revision) => revision <= event.revision) ?? 0;
    expect(reads.every((after) => after >= from - 1)).toBe(true);
  }
});

test('[J12] what was folded for somebody is kept for the next one', async () => {
  const made = milestones();
  await new Past(log, made).boardAt(BOARD, present, { revision: 1_400 }, asker);
  await vi.waitFor(async () => expect((await revisions()).at(-1)).toBeGreaterThan(1_200));
  await made.close();
  await expectMoment({ revision: 1_400 });
  expect(Math.min(...reads)).toBeGreaterThan(1_100);
});

test('[J12] a board is kept as it grows, and no more often than it has to be', async () => {
  const made = milestones();
  const published$ = new Subject<{ after: Revision; board: Board }>();
  made.follow({ id: BOARD, board: emptyBoard, published$ } as unknown as BoardHost);
  let board = emptyBoard;
  for (const commit of session) {
    board = fold(board, commit.events);
    published$.next({ after: commit.after, board });
  }
  await made.fill(BOARD, board.revision);
  const all = await revisions();
  expect(all.length).toBeGreaterThanOrEqual(10);
  expect(all.every((revision, i) => revision - (all[i - 1] ?? 0) > SPACING / 2)).toBe(true);
  made.keep(BOARD, foldTo({ revision: all[3]! + 5 }));
  await made.close();
  expect(await revisions()).toEqual(all);
});

test('[J12] they are never very many: a longer board has them further apart', async () => {
  const many = new Milestones({ log, store, scheduler, elapsed, spacing: 8, failed: (error) => failures.push(error) });
  await many.fill(BOARD, 256);
  expect((await revisions()).length).toBeGreaterThan(2);
  await many.fill(BOARD, present.revision);
  const all = await revisions();
  expect(all.length).toBeLessThanOrEqual(33);
  expect(all.length).toBeGreaterThan(10);
  expect(all.at(-1)).toBeGreaterThan(1_300);
  await expectMoment({ revision: 700 });
});

test('[J3] [J12] one that is damaged, of another log or another past counts for nothing, and goes', async () => {
  await milestones().fill(BOARD, present.revision);
  const damaged = new Map<string, Buffer>();
  for (const [i, file] of filesBelow().entries()) {
    const bytes = readFileSync(file);
    damaged.set(file, i % 2 ? bytes.subarray(0, bytes.length >> 1) : bytes.fill(bytes[400]! ^ 1, 400, 401));
    writeFileSync(file, damaged.get(file)!);
  }
  await expectMoment({ revision: 1_450 });
  expect(reads).toContain(0);
  expect(filesBelow().filter((file) => damaged.get(file)?.equals(readFileSync(file)))).toEqual([]);

  await milestones().fill(BOARD, present.revision);
  log = await logOf(session, 'another-epoch-of-tests');
  await expectMoment({ revision: 1_450 });
  expect(reads).toContain(0);
  expect(failures).toEqual([]);
});

test('[J3] [J12] those of another log keep no place', async () => {
  await milestones().fill(BOARD, present.revision);
  const before = await revisions();
  log = await logOf(session, 'another-epoch-of-tests');
  await milestones().fill(BOARD, present.revision);
  expect(await revisions()).toEqual(before);
  await expectMoment({ revision: 1_450 });
  expect(Math.min(...reads)).toBeGreaterThan(1_200);
});

test('[J4] [J12] where they cannot be kept or read, that is said once, and moments come all the same', async () => {
  const broken = (): Promise<never> => Promise.reject(new Error('no disk'));
  const made = milestones(log, { list: broken, save: broken, load: broken, remove: broken });
  await made.fill(BOARD, present.revision);
  await expectMoment({ revision: 900 }, made);
  expect(failures).toHaveLength(1);
});

test('[J11] [J12] a board with events that are not known is not kept', async () => {
  const made = milestones();
  made.keep(BOARD, { ...present, unknownEvents: 1 });
  made.keep(BOARD, foldTo({ revision: SPACING - 1 }));
  await made.fill(BOARD, 2 * SPACING - 1);
  expect(await revisions()).toEqual([]);
});

test('[J12] while somebody waits for a moment nothing is filled in', async () => {
  const made = milestones();
  let letGo = (): void => {};
  const moment = made.hurry(() => new Promise<void>((resolve) => (letGo = resolve)));
  const filled = made.fill(BOARD, present.revision);
  for (let i = 0; i < 50; i++) await new Promise(setImmediate);
  expect(reads).toEqual([]);
  letGo();
  await Promise.all([moment, filled]);
  expect((await revisions()).length).toBeGreaterThan(8);

  const stopped = milestones();
  void stopped.hurry(() => new Promise(() => {}));
  void stopped.fill(BOARD, present.revision);
  await stopped.close();
});

test('[J12] a server that stops does not wait for them', async () => {
  const made = milestones();
  const filled = made.fill(BOARD, present.revision);
  await made.close();
  await filled;
  expect((await revisions()).length).toBeLessThan(3);
  expect(failures).toEqual([]);
});
