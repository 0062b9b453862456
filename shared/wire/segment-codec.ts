// A run of commits of one board, arranged so that it compresses: what is alike stands together. Each column holds one
// thing of every event: what it is, whose it is; and for each author how many samples, the changes of speed along x and
// along y, of pressure, of the gap. Brotli makes of them a third to a half of what it makes of the commits themselves.
//
// Nothing is rounded: a segment gives back each commit to the byte. Where commits are not what `packCommit` writes, they
// are kept one behind the other as they are.

import type { Commit, RecordedEvent } from '../event.ts';
import type { AuthorNumber, Millis, Revision } from '../ids.ts';
import { packCommit, unpackCommits } from './codec.ts';
import { ColumnReader, ColumnWriter } from './columns.ts';
import { RunReader, RunWriter } from './segment-runs.ts';
import { WireError } from './wire-error.ts';

/** A commit as the log has it. */
export interface StoredBytes {
  readonly after: Revision;
  readonly last: Revision;
  readonly at: Millis;
  readonly bytes: Uint8Array;
}

const PLAIN = 0;
const COLUMNS = 1;
/** What an event is: one that stands with the rare ones, or a frequent one of columns only. */
const [RARE, EXTENDED, ENDED] = [0, 1, 2];
const columnNames = ['rare', 'times', 'sizes', 'kinds', 'authors', 'hands', 'runs'] as const;
type Name = (typeof columnNames)[number];

/** The content of a segment: at least one commit, each following the one before. */
export function packSegment(commits: readonly StoredBytes[]): Uint8Array {
  return arranged(commits) ?? plain(commits);
}

/** Each commit as it was. @throws WireError */
export function unpackSegment(content: Uint8Array): StoredBytes[] {
  if (content[0] === PLAIN) return readPlain(content);
  return unpackSegmentCommits(content).map((commit) => ({
    after: commit.after,
    last: commit.after + commit.events.length,
    at: commit.at,
    bytes: packCommit(commit),
  }));
}

/** The commits to fold, without packing them again. @throws WireError */
export function unpackSegmentCommits(content: Uint8Array): Commit[] {
  if (content[0] === PLAIN) return readPlain(content).flatMap(({ bytes }) => unpackCommits(bytes));
  if (content[0] !== COLUMNS) throw new WireError(`segment.form must be 0 or 1, not ${content[0]}.`);
  return readColumns(content);
}

function arranged(commits: readonly StoredBytes[]): Uint8Array | null {
  try {
    const content = writeColumns(commits.flatMap(({ bytes }) => unpackCommits(bytes)));
    const same = unpackSegment(content);
    return same.length === commits.length && same.every((one, i) => isSame(one, commits[i] as StoredBytes))
      ? content
      : null;
  } catch (error) {
    if (error instanceof WireError || error instanceof RangeError) return null;
    throw error;
  }
}

const isSame = (a: StoredBytes, b: StoredBytes): boolean =>
  a.after === b.after &&
  a.last === b.last &&
  a.at === b.at &&
  a.bytes.length === b.bytes.length &&
  a.bytes.every((byte, i) => byte === b.bytes[i]);

function writeColumns(commits: readonly Commit[]): Uint8Array {
  const columns = new ColumnWriter(columnNames);
  const rare: RecordedEvent[] = [];
  const hands = new Map<AuthorNumber, RunWriter>();
  const [first] = commits;
  if (!first) throw new RangeError('A segment has at least one commit.');
  let { at } = first;
  for (const commit of commits) {
    columns.add('times', commit.at - at);
    columns.add('sizes', commit.events.length);
    at = commit.at;
    for (const recorded of commit.events) writeEvent(columns, rare, hands, recorded);
  }
  columns.bytes('rare', packCommit({ after: 0, at: 0, events: rare }));
  for (const [by, hand] of hands) {
    const runs = hand.columns();
    columns.add('hands', by);
    columns.add('hands', runs.length);
    columns.bytes('runs', runs);
  }
  const head = new Uint8Array(17);
  head[0] = COLUMNS;
  const view = new DataView(head.buffer);
  view.setFloat64(1, first.after);
  view.setFloat64(9, first.at);
  return columns.behind(head);
}

function writeEvent(
  columns: ColumnWriter<Name>,
  rare: RecordedEvent[],
  hands: Map<AuthorNumber, RunWriter>,
  recorded: RecordedEvent,
): void {
  const { by, settles, event } = recorded;
  if (settles === 1 && event.type === 'StrokeExtended') {
    columns.add('kinds', EXTENDED);
    columns.add('authors', by);
    handOf(hands, by, () => new RunWriter()).add(event.samples);
  } else if (settles === 1 && event.type === 'StrokeEnded') {
    columns.add('kinds', ENDED);
    columns.add('authors', by);
  } else {
    columns.add('kinds', RARE);
    rare.push(recorded);
    if (event.type === 'StrokeStarted') handOf(hands, by, () => new RunWriter()).begin(event.samples);
  }
}

function handOf<Hand>(hands: Map<AuthorNumber, Hand>, by: AuthorNumber, make: () => Hand): Hand {
  const hand = hands.get(by) ?? make();
  hands.set(by, hand);
  return hand;
}

function readColumns(content: Uint8Array): Commit[] {
  if (content.length < 17) throw new WireError('segment must have a head.');
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let after = view.getFloat64(1);
  let at = view.getFloat64(9);
  const columns = new ColumnReader(columnNames, content, 17);
  const rare = unpackRare(columns.rest('rare'))[Symbol.iterator]();
  const hands = new Map<AuthorNumber, RunReader>();
  while (!columns.atEnd('hands')) {
    hands.set(columns.next('hands'), new RunReader(columns.take('runs', columns.next('hands'))));
  }
  const commits: Commit[] = [];
  while (!columns.atEnd('sizes')) {
    at += columns.next('times');
    const size = columns.next('sizes');
    if (size < 1 || size > content.length * 64) throw new WireError('segment.sizes must be of commits.');
    const events: RecordedEvent[] = [];
    for (let i = 1; i <= size; i++) events.push(readEvent(columns, rare, hands, after + i, at));
    commits.push({ after, at, events });
    after += size;
  }
  return commits;
}

/** A commit of no events is none to `unpackCommits`. */
const unpackRare = (bytes: Uint8Array): readonly RecordedEvent[] =>
  bytes.length <= NO_EVENTS.length && bytes.every((byte, i) => byte === NO_EVENTS[i])
    ? []
    : unpackCommits(bytes).flatMap(({ events }) => events);

const NO_EVENTS = packCommit({ after: 0, at: 0, events: [] });

function readEvent(
  columns: ColumnReader<Name>,
  rare: Iterator<RecordedEvent>,
  hands: ReadonlyMap<AuthorNumber, RunReader>,
  revision: Revision,
  at: Millis,
): RecordedEvent {
  const kind = columns.next('kinds');
  if (kind === RARE) {
    const { value, done } = rare.next();
    if (done) throw new WireError('segment.rare must have every rare event.');
    const { by, settles, event } = value as RecordedEvent;
    if (event.type === 'StrokeStarted') hands.get(by)?.begin(event.samples);
    return { revision, at, by, settles, event };
  }
  const by = columns.next('authors');
  if (kind === ENDED) return { revision, at, by, settles: 1, event: { type: 'StrokeEnded' } };
  if (kind !== EXTENDED) throw new WireError(`segment.kinds must be 0 to 2, not ${kind}.`);
  const samples = hands.get(by)?.next();
  if (!samples) throw new WireError('segment.hands must have every author.');
  return { revision, at, by, settles: 1, event: { type: 'StrokeExtended', samples } };
}

const plainNames = ['events', 'times', 'sizes', 'commits'] as const;

function plain(commits: readonly StoredBytes[]): Uint8Array {
  const columns = new ColumnWriter(plainNames);
  for (const { after, last, at, bytes } of commits) {
    columns.add('events', last - after);
    columns.float('times', at);
    columns.add('sizes', bytes.length);
    columns.bytes('commits', bytes);
  }
  const head = new Uint8Array(9);
  head[0] = PLAIN;
  new DataView(head.buffer).setFloat64(1, commits[0]?.after ?? 0);
  return columns.behind(head);
}

function readPlain(content: Uint8Array): StoredBytes[] {
  if (content.length < 9) throw new WireError('segment must have a head.');
  let after = new DataView(content.buffer, content.byteOffset, content.byteLength).getFloat64(1);
  const columns = new ColumnReader(plainNames, content, 9);
  const commits: StoredBytes[] = [];
  while (!columns.atEnd('sizes')) {
    const last = after + columns.next('events');
    const at = columns.float('times');
    commits.push({ after, last, at, bytes: columns.take('commits', columns.next('sizes')) });
    after = last;
  }
  return commits;
}
