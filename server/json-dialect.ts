import { type Board, emptyBoard, fold } from '../shared/board.ts';
import type { Commit } from '../shared/event.ts';
import type { ClientId } from '../shared/ids.ts';
import { snapshotOf } from '../shared/wire/board-codec.ts';
import { unpackCommits } from '../shared/wire/codec.ts';
import { commitToJson, readClientJson, serverMessageToJson } from '../shared/wire/json.ts';
import { type JsonPen, penOf } from '../shared/wire/json-command.ts';
import { type Decoded, decoded, type Dialect, type Frame, type Snapshot, type Unshared } from './dialect.ts';
import type { PackedCommit } from './log/event-log.ts';
import type { BoardSnapshots } from './projections/board-snapshots.ts';
import type { Published } from './published.ts';

const shared = new WeakMap<Unshared, string>();

/** The text of each open board, as many who join at once are sent it. */
const snapshots = new WeakMap<BoardSnapshots, { readonly board: Board; readonly frames: readonly Frame[] }>();
/** A newcomer gets text that is so many events old rather than their own: the log has the rest. */
const MAX_LAG = 1000;

/** `retrace.json.v1`, for one connection: points are absolute, so it knows the board that it has told of. */
export class JsonDialect implements Dialect {
  #board: Board = emptyBoard;
  #pen: JsonPen = penOf(emptyBoard, '' as ClientId);

  decode(data: Uint8Array, isText: boolean): Decoded {
    if (!isText) return { ok: false, reason: 'Malformed', error: 'This subprotocol has text frames only.' };
    return decoded(() => {
      const { message, pen } = readClientJson(Buffer.from(data).toString(), this.#pen);
      this.#pen = pen;
      return [message];
    });
  }

  encode(message: Unshared): Frame {
    return JSON.stringify(serverMessageToJson(message));
  }

  encodeShared(message: Unshared): Frame {
    const text = shared.get(message) ?? JSON.stringify(serverMessageToJson(message));
    shared.set(message, text);
    return text;
  }

  joined(client: ClientId, board: Board): void {
    this.#pen = penOf(board, client);
  }

  snapshot(present: Board, kept: BoardSnapshots): Snapshot {
    let known = snapshots.get(kept);
    if (!known || present.revision - known.board.revision > MAX_LAG) {
      known = { board: present, frames: snapshotOf(present).map((message) => this.encode(message)) };
      snapshots.set(kept, known);
    }
    this.#board = known.board;
    return { revision: known.board.revision, frames: known.frames };
  }

  async resume(load: () => Promise<Board>): Promise<void> {
    this.#board = await load();
  }

  live(published: Published): readonly Frame[] {
    this.#board = published.board;
    return published.json();
  }

  replay(commits: readonly PackedCommit[]): readonly Frame[] {
    return commits.flatMap(({ bytes }) => unpackCommits(bytes)).map((commit) => JSON.stringify(this.#told(commit)));
  }

  /** The commit, or what of it is new. */
  #told({ at, events }: Commit): ReturnType<typeof commitToJson> {
    const after = this.#board.revision;
    const commit = { after, at, events: events.filter((event) => event.revision > after) };
    const json = commitToJson(this.#board, commit);
    this.#board = fold(this.#board, commit.events);
    return json;
  }
}
