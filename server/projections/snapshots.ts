import type { Board } from '../../shared/board.ts';
import type { BoardId } from '../../shared/ids.ts';
import type { BoardHost } from '../board-host.ts';
import { type EventLog, LogUnavailable } from '../log/event-log.ts';
import { BoardSnapshots } from './board-snapshots.ts';
import { eventDigest } from './event-digest.ts';
import { GivenUp, type Slicing } from './in-slices.ts';
import type { PackedSnapshot, SnapshotStore } from './snapshot-store.ts';
import { boardOf } from './stored-board.ts';

export interface SnapshotsOptions extends Slicing {
  readonly log: EventLog;
  readonly store: SnapshotStore;
  /** Told when snapshots begin to fail. The boards are none the worse for it. */
  readonly failed: (error: unknown) => void;
}

/** A board that came out of the store, and the snapshot that it was. */
export interface Loaded {
  readonly board: Board;
  readonly snapshot: PackedSnapshot;
}

/** For the last snapshots when the server stops, in ms. What is not done by then takes longer to open once. */
const FAREWELL = 2000;

/** The snapshots of the boards that are open: a projection that anybody may delete at any time. */
export class Snapshots {
  readonly options: SnapshotsOptions;
  readonly #followed = new Set<BoardSnapshots>();
  #turn: Promise<void> = Promise.resolve();
  #failing = false;
  #deadline = Infinity;

  constructor(options: SnapshotsOptions) {
    this.options = options;
  }

  /** The board as it was kept, if the log says that it was so: null where there is any doubt. @throws LogUnavailable */
  async load(id: BoardId): Promise<Loaded | null> {
    const { log, store } = this.options;
    try {
      const snapshot = await store.load(id);
      const board = snapshot && (await boardOf(id, snapshot, log, this.options));
      return board && { board, snapshot };
    } catch (error) {
      if (error instanceof LogUnavailable) throw error;
      this.#report(error);
      return null;
    }
  }

  /** From now on takes snapshots of the board, which is `loaded` and `tail` bytes of the log on top. */
  follow(host: BoardHost, loaded: Loaded | null, tail: number): BoardSnapshots {
    const snapshots = new BoardSnapshots(host, this, loaded?.snapshot ?? null, tail);
    this.#followed.add(snapshots);
    return snapshots;
  }

  forget(snapshots: BoardSnapshots): void {
    this.#followed.delete(snapshots);
  }

  get stopping(): boolean {
    return this.#deadline < Infinity;
  }

  get late(): boolean {
    return this.options.elapsed() > this.#deadline;
  }

  /** Does what nobody waits for, one board at a time. Never fails. */
  inTurn(work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      try {
        await work();
      } catch (error) {
        this.#report(error);
      }
    });
    return this.#turn;
  }

  /** Keeps what is not kept, as far as there is time. The boards must be closed. */
  async close(): Promise<void> {
    this.#deadline = this.options.elapsed() + FAREWELL;
    await Promise.all([...this.#followed].map((snapshots) => snapshots.close()));
  }

  async save(host: BoardHost, snapshot: PackedSnapshot): Promise<void> {
    const { log, store } = this.options;
    const event = await eventDigest(log, host.id, snapshot.revision);
    if (event === null) throw new Error(`Board ${host.id}: the log has no revision ${snapshot.revision}.`);
    await store.save(host.id, { ...snapshot, epoch: log.epoch, event });
    this.#failing = false;
  }

  /** Says it once, however many boards go the same way. */
  #report(error: unknown): void {
    if (error instanceof GivenUp) return;
    if (!this.#failing) this.options.failed(error);
    this.#failing = true;
  }
}
