// A commit as bytes: `[0, after, at, [event, …]]`, and each of its events `[tag, by, …fields]`. An event's revision and
// time follow from the commit. `by` is the author's number where the event settles one command, as nearly all do, and
// `[author, settles]` otherwise: so whoever does not know a tag still knows whose event it is and what it settles.

import type { BoardEvent, Commit, RecordedEvent, UnknownEvent } from '../event.ts';
import type { Millis, Revision } from '../ids.ts';
import { MAX_SERVER_FRAME_BYTES } from '../limits.ts';
import { expectCount } from './field.ts';
import { authorNumber, count, millis } from './fields.ts';
import { type PackedReader, readAll } from './packed-reader.ts';
import { packed, type PackedWriter } from './packed-writer.ts';
import { readRow, type Rows, writeRow } from './rows.ts';
import { UnknownCode, WireError } from './wire-error.ts';

export const COMMIT_TAG = 0;
const COMMIT_ELEMENTS = 4;
/** More than fit in the largest frame. */
const MAX_EVENTS = MAX_SERVER_FRAME_BYTES;
/** No event has more, of whatever version. */
const MAX_EVENT_ELEMENTS = 64;

/** Reads and writes commits of the events in a table. What is not in it, or has a code that is not, is `UnknownEvent`. */
export class CommitCodec {
  readonly #rows: Rows<BoardEvent>;

  constructor(rows: Rows<BoardEvent>) {
    this.#rows = rows;
  }

  pack(commit: Commit): Uint8Array {
    return packed((out) => this.write(out, commit));
  }

  /** The commits that stand one behind the other. @throws WireError */
  unpack(bytes: Uint8Array): Commit[] {
    return readAll(bytes, (from) => {
      const length = from.array('commit', COMMIT_ELEMENTS);
      const tag = from.integer('commit.tag');
      if (tag !== COMMIT_TAG) throw new WireError(`commit.tag must be ${COMMIT_TAG}, not ${tag}.`);
      return this.read(from, length);
    });
  }

  write(out: PackedWriter, { after, at, events }: Commit): void {
    out.array(COMMIT_ELEMENTS);
    out.integer(COMMIT_TAG);
    out.integer(after);
    out.integer(at);
    out.array(events.length);
    for (const event of events) this.#writeEvent(out, event);
  }

  /** The rest of a commit, behind its tag; `length` is what its array said. @throws WireError */
  read(from: PackedReader, length: number): Commit {
    expectCount('commit', length, COMMIT_ELEMENTS);
    const after = count.read(from, 'commit.after');
    const at = millis.read(from, 'commit.at');
    const most = from.array('commit.events', MAX_EVENTS);
    if (most < 1) throw new WireError('commit.events must not be empty.');
    const events: RecordedEvent[] = [];
    for (let i = 1; i <= most; i++) events.push(this.#readEvent(from, after + i, at));
    return { after, at, events };
  }

  #writeEvent(out: PackedWriter, { by, settles, event }: RecordedEvent): void {
    if (event.type === 'Unknown') {
      out.array(2 + event.count);
      out.integer(event.tag);
      writeBy(out, by, settles);
      return out.raw(event.fields);
    }
    const row = this.#rows.byType[event.type];
    out.array(2 + row.parts.length);
    out.integer(row.tag);
    writeBy(out, by, settles);
    writeRow(out, row, event);
  }

  #readEvent(from: PackedReader, revision: Revision, at: Millis): RecordedEvent {
    const length = from.array('event', MAX_EVENT_ELEMENTS);
    const tag = count.read(from, 'event.tag');
    let settles = 1;
    let by: number;
    if (from.nextIsArray) {
      expectCount('event.by', from.array('event.by', 2), 2);
      by = authorNumber.read(from, 'event.by');
      settles = count.read(from, 'event.settles');
    } else by = authorNumber.read(from, 'event.by');
    return { revision, at, by, settles, event: this.#readFields(from, tag, length - 2) };
  }

  #readFields(from: PackedReader, tag: number, length: number): BoardEvent | UnknownEvent {
    const row = this.#rows.byTag[tag];
    if (!row) return readUnknown(from, tag, length);
    expectCount(row.type, length, row.parts.length);
    const start = from.offset;
    try {
      return readRow(from, row) as BoardEvent;
    } catch (error) {
      if (!(error instanceof UnknownCode)) throw error;
      from.rewind(start);
      return readUnknown(from, tag, length);
    }
  }
}

function writeBy(out: PackedWriter, by: number, settles: number): void {
  if (settles === 1) return out.integer(by);
  out.array(2);
  out.integer(by);
  out.integer(settles);
}

function readUnknown(from: PackedReader, tag: number, fields: number): UnknownEvent {
  if (fields < 0) throw new WireError('event must have a tag and an author.');
  const start = from.offset;
  for (let left = fields; left > 0; left--) from.skip('event');
  return { type: 'Unknown', tag, count: fields, fields: new Uint8Array(from.bytes.subarray(start, from.offset)) };
}
