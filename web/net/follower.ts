import { type Board, emptyBoard } from '../../shared/board.ts';
import type { Color } from '../../shared/color.ts';
import type { NumberedCommand } from '../../shared/command.ts';
import type { CommandAuthor } from '../../shared/decide.ts';
import type { Commit } from '../../shared/event.ts';
import type { Epoch, Revision } from '../../shared/ids.ts';
import {
  changeAuthor,
  createReplica,
  receive,
  reconnected,
  type Replica,
  RevisionGap,
  reset,
  restorePending,
  settle,
} from '../../shared/replica.ts';
import { SnapshotReader } from '../../shared/wire/board-codec.ts';
import type { ServerMessage } from '../../shared/wire/message.ts';
import { pendingOf } from './outbox/outbox.ts';

export type Joined = ServerMessage & { readonly type: 'Joined' };

/** The messages that carry the board. */
export type BoardMessage = ServerMessage & { readonly type: 'SnapshotBegan' | 'SnapshotPart' | 'Commit' | 'Settled' };

export interface Seed {
  readonly board: Board;
  readonly epoch: Epoch;
}

/** What a joining replica is called, and what its outbox kept. */
export interface Joiner {
  readonly name: string;
  readonly color: Color;
  readonly stored: readonly NumberedCommand[];
}

/**
 * A replica that follows the server through connections, snapshots and other stores. It is live when it has all that
 * the board had when it joined; before that its replica may be of the past, and before the first time there is none.
 */
export class Follower {
  readonly #seed: Seed | null;
  #replica: Replica | null = null;
  /** The store that `#replica.confirmed` comes from. */
  #epoch: Epoch | null = null;
  #joined: Joined | null = null;
  #snapshot: SnapshotReader | null = null;
  /** Came behind what is taken: they wait for the snapshot before them. */
  #commits: Commit[] = [];
  #live = false;

  /** `seed`: a board that is here already, of the store with that epoch. */
  constructor(seed: Seed | null) {
    this.#seed = seed;
    this.#epoch = seed?.epoch ?? null;
  }

  get replica(): Replica | null {
    return this.#replica;
  }

  get epoch(): Epoch | null {
    return this.#epoch;
  }

  get live(): boolean {
    return this.#live;
  }

  /** What a `Hello` says of the board that is here. */
  get known(): { readonly after: Revision; readonly epoch?: Epoch } {
    return this.#replica && this.#epoch
      ? { after: this.#replica.confirmed.revision, epoch: this.#epoch }
      : { after: 0 };
  }

  /** Other state than what came from the server: a proposal, what was sent. */
  set(replica: Replica): void {
    this.#replica = replica;
  }

  join(joined: Joined, { name, color, stored }: Joiner): Replica {
    const author = { client: joined.client, name, color, role: joined.role };
    this.#joined = joined;
    this.lost();
    this.#replica = this.#replica
      ? changeAuthor(reconnected(this.#replica), author)
      : restorePending(this.#created(author), joined.settled, pendingOf(stored, joined.settled));
    this.#goLive();
    return this.#replica;
  }

  #created(author: CommandAuthor): Replica {
    const replica = createReplica(author);
    return this.#seed ? reset(replica, this.#seed.board) : replica;
  }

  lost(): void {
    this.#live = false;
    this.#snapshot = null;
    this.#commits = [];
  }

  /** Takes what came, all at once. @throws RevisionGap */
  take(messages: readonly BoardMessage[]): void {
    for (const message of messages) {
      switch (message.type) {
        case 'SnapshotBegan':
          this.#receive();
          this.#snapshot = new SnapshotReader(message);
          this.#finishSnapshot();
          break;
        case 'SnapshotPart':
          this.#snapshot?.add(message);
          this.#finishSnapshot();
          break;
        case 'Commit':
          this.#commits.push(message);
          break;
        case 'Settled':
          this.#receive();
          if (this.#replica) this.#replica = settle(this.#replica, message.through, message.at);
          break;
      }
    }
    this.#receive();
    this.#goLive();
  }

  #receive(): void {
    const first = this.#commits[0];
    if (!this.#replica || !first || this.#snapshot) return;
    if (this.#epoch !== this.#joined?.epoch) {
      // What is confirmed here is of another store. Without a snapshot, the board has to begin at its beginning.
      if (first.after !== 0) throw new RevisionGap(0, first.after);
      this.#reset(emptyBoard);
    }
    this.#replica = receive(this.#replica, this.#commits);
    this.#commits = [];
  }

  #finishSnapshot(): void {
    const board = this.#snapshot?.board;
    if (!board) return;
    this.#snapshot = null;
    this.#reset(board);
  }

  #reset(board: Board): void {
    if (!this.#replica || !this.#joined) return;
    this.#epoch = this.#joined.epoch;
    this.#replica = reset(this.#replica, board);
  }

  #goLive(): void {
    const [replica, joined] = [this.#replica, this.#joined];
    if (this.#live || !replica || !joined || this.#snapshot) return;
    if (this.#epoch !== joined.epoch || replica.confirmed.revision < joined.head) return;
    this.#live = true;
    this.#replica = settle(replica, joined.settled, joined.head);
  }
}
