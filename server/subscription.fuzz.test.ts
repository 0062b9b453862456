import { expect, test } from 'vitest';
import { author, startStroke } from '../shared/testing/peers.ts';
import { seededRandom } from '../shared/testing/random.ts';
import type { EventLog, PackedCommit } from './log/event-log.ts';
import { memoryLog } from './log/memory.ts';
import { Subscription } from './subscription.ts';
import { openTestBoard, quiet, submitter, testBoards } from './testing/hosts.ts';

const JOINS = Number(process.env['RETRACE_FUZZ_JOINS'] ?? 300);

/** A log whose reads take a while, so that commits come between a read and its answer. */
function slowly(log: EventLog, random: () => number): EventLog {
  const read: EventLog['read'] = async (...args) => {
    const turns = Math.floor(random() * 4);
    const page = await log.read(...args);
    await quiet(turns);
    return page;
  };
  return new Proxy(log, {
    get: (target, key) => (key === 'read' ? read : bound(target, key as keyof EventLog)),
  });
}

const bound = (log: EventLog, key: keyof EventLog): unknown => {
  const value = log[key];
  return typeof value === 'function' ? (value as () => unknown).bind(log) : value;
};

/** A socket that is full at times, for a while. */
class FitfulReader {
  readonly revisions: number[] = [];
  failure: unknown = null;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  live({ after, last }: { after: number; last: number }): boolean {
    this.#take(after, last);
    return this.#random() > 0.1;
  }

  replay(commits: readonly PackedCommit[]): void {
    for (const { after, last } of commits) this.#take(after, last);
  }

  async ready(): Promise<void> {
    await quiet(Math.floor(this.#random() * 5));
  }

  failed(error: unknown): void {
    this.failure = error;
  }

  ended(): void {}
  writable(): void {}

  #take(after: number, last: number): void {
    for (let revision = after + 1; revision <= last; revision++) this.revisions.push(revision);
  }
}

test(`[S7] [S8] [P5] ${JOINS} readers that join while people draw: every revision once, in order`, async () => {
  const random = seededRandom(27);
  const log = slowly(memoryLog(), random);
  const { host } = await openTestBoard(testBoards(log));
  const { submit } = submitter(host, author('Ada'));
  const readers: { reader: FitfulReader; from: number; subscription: Subscription }[] = [];
  let strokes = 0;
  while (readers.length < JOINS) {
    for (let i = Math.floor(random() * 3); i >= 0; i--) submit(startStroke(++strokes));
    if (random() < 0.5) await quiet(Math.floor(random() * 3));
    const reader = new FitfulReader(random);
    const from = Math.floor(random() * (host.board.revision + 1));
    readers.push({ reader, from, subscription: new Subscription(host, log, from, reader) });
  }
  for (let round = 0; round < 500; round++) {
    await quiet(10);
    if (readers.every(({ subscription }) => subscription.checkpoint === host.board.revision)) break;
  }
  const head = host.board.revision;
  expect(head).toBeGreaterThan(JOINS);
  for (const { reader, from } of readers) {
    expect(reader.failure).toBe(null);
    // A commit that began before where the reader was is sent whole.
    const revisions = reader.revisions.filter((revision) => revision > from);
    expect(revisions).toEqual(Array.from({ length: head - from }, (_, i) => from + 1 + i));
    expect(new Set(reader.revisions).size).toBe(reader.revisions.length);
  }
});
