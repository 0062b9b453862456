import { type Board, emptyBoard } from '../shared/board.ts';
import type { BoardEvent } from '../shared/event.ts';
import type { BoardId, ClientId } from '../shared/ids.ts';
import { recordCreation } from '../shared/record.ts';
import { packingSnapshot } from '../shared/wire/board-codec.ts';
import { BoardHost, type HostOptions } from './board-host.ts';
import { branchLog } from './branch.ts';
import { packedCommit } from './commits.ts';
import { foldLog } from './fold-log.ts';
import type { Asker } from './in-turn.ts';
import type { EventLog, LogUnavailable } from './log/event-log.ts';
import { type Moment, Past } from './past.ts';
import { PresenceHub } from './presence-hub.ts';
import type { BoardSnapshots } from './projections/board-snapshots.ts';
import { inSlices } from './projections/in-slices.ts';
import type { MilestoneStore } from './projections/milestone-store.ts';
import { Milestones } from './projections/milestones.ts';
import { snapshotMemory } from './projections/snapshot-memory.ts';
import type { SnapshotStore } from './projections/snapshot-store.ts';
import { Snapshots } from './projections/snapshots.ts';
import { TrackRecorder } from './tracks/track-recorder.ts';
import type { TrackStore } from './tracks/track-store.ts';

export type BoardSettings = Omit<BoardEvent & { type: 'BoardCreated' }, 'type'>;

/** A board in use, and what its connections share. */
export interface OpenBoard {
  readonly host: BoardHost;
  readonly presence: PresenceHub;
  readonly snapshots: BoardSnapshots;
  readonly tracks: TrackRecorder | null;
  /** Who is connected as which client: there can be one for each. */
  readonly clients: Map<ClientId, { close(reason: 'Replaced'): void }>;
}

export interface BoardsOptions extends HostOptions {
  readonly newBoardId: () => BoardId;
  /** Where snapshots are kept; if not given, only in memory. */
  readonly snapshots?: SnapshotStore;
  /** Where those along the past are kept; if not given, nowhere. */
  readonly milestones?: MilestoneStore;
  /** Told when either begins to fail, which harms nobody. */
  readonly snapshotsFailed?: (error: unknown) => void;
  /** Where it is kept what hands did; if not given, nowhere. */
  readonly tracks?: TrackStore;
  /** Told when that begins to fail, which harms nobody. */
  readonly tracksFailed?: (error: unknown) => void;
  /** Told when all that was drawn is saved again, after `unsaved`. */
  readonly savedAgain?: () => void;
}

/** A board that nobody reads is closed after this time, in ms. */
const IDLE_AFTER = 60_000;

/** The boards of one log that are open, each with its single writer. */
export class Boards {
  readonly log: EventLog;
  readonly #options: BoardsOptions;
  readonly #open = new Map<BoardId, Promise<OpenBoard | null>>();
  readonly #usedAt = new Map<BoardId, number>();
  /** Boards whose events the log does not take just now. */
  readonly #stuck = new Set<BoardId>();
  readonly #milestones: Milestones | null;
  readonly #past: Past;
  readonly #snapshots: Snapshots;
  #closed = false;

  constructor(log: EventLog, options: BoardsOptions) {
    this.log = log;
    this.#options = options;
    const { elapsed, scheduler, snapshots = snapshotMemory(), snapshotsFailed: failed = () => {} } = options;
    const keeping = { log, elapsed, scheduler, failed };
    this.#milestones = options.milestones ? new Milestones({ ...keeping, store: options.milestones }) : null;
    this.#past = new Past(log, this.#milestones);
    this.#snapshots = new Snapshots({ ...keeping, store: snapshots });
    this.#sweepLater();
  }

  get openCount(): number {
    return this.#open.size;
  }

  /** Whether the log took all that was drawn last. */
  get writable(): boolean {
    return this.#stuck.size === 0;
  }

  /** Makes a board. @throws LogUnavailable */
  async create(settings: BoardSettings): Promise<BoardId> {
    const id = this.#options.newBoardId();
    const commit = recordCreation({ type: 'BoardCreated', ...settings }, this.#options.now());
    await this.log.append(id, 0, [packedCommit(commit)]);
    return id;
  }

  /** Makes a board that begins as another was: `from`, at one of its moments. @throws LogUnavailable */
  async branch({ host }: OpenBoard, from: Board, settings: BoardSettings): Promise<BoardId> {
    const id = this.#options.newBoardId();
    const creation = { type: 'BoardCreated', ...settings } as const;
    await branchLog(this.log, { id, parent: host.id, from, creation, now: this.#options.now() });
    return id;
  }

  /** The board's host, loaded where it is not open; null where there is no such board. @throws LogUnavailable */
  open(id: BoardId): Promise<OpenBoard | null> {
    if (this.#closed) return Promise.reject(new Error('The server is stopping.'));
    this.#usedAt.set(id, this.#options.elapsed());
    const open = this.#open.get(id) ?? this.#load(id);
    this.#open.set(id, open);
    return open;
  }

  /** The board as it was at a moment; null where too many wait, or who asked has gone. @throws LogUnavailable */
  boardAt({ host }: OpenBoard, moment: Moment, asker: Asker): Promise<Board | null> {
    return this.#past.boardAt(host.id, host.board, moment, asker);
  }

  /** A board as the messages of a snapshot. Whoever draws meanwhile has their turn. */
  packed(board: Board): Promise<readonly Uint8Array[]> {
    return inSlices(packingSnapshot(board), this.#options);
  }

  /** Commits what waits on every board, ends all, and keeps snapshots of them as far as there is time. */
  async close(): Promise<void> {
    this.#closed = true;
    const open = await Promise.allSettled(this.#open.values());
    const boards = open.flatMap((one) => (one.status === 'fulfilled' ? (one.value ?? []) : []));
    await Promise.all(boards.flatMap(({ host, tracks }) => [host.close(), tracks?.close()]));
    this.#open.clear();
    await Promise.all([this.#snapshots.close(), this.#milestones?.close()]);
  }

  async #load(id: BoardId): Promise<OpenBoard | null> {
    try {
      if ((await this.log.head(id)) > 0) return await this.#host(id);
      this.#forget(id);
      return null;
    } catch (error) {
      this.#forget(id);
      throw error;
    }
  }

  async #host(id: BoardId): Promise<OpenBoard> {
    const kept = await this.#snapshots.load(id);
    const { board, bytes } = await foldLog(this.log, id, kept?.board ?? emptyBoard, this.#options);
    const { unsaved = () => {}, savedAgain = () => {} } = this.#options;
    // One full disk is said once, and not for each board.
    const once = (error: LogUnavailable): void => void (this.writable && unsaved(error));
    const host = new BoardHost(id, board, this.log, { ...this.#options, unsaved: once });
    host.published$.subscribe({ error: () => this.#forget(id) });
    host.writable$.subscribe((writable) => {
      // That a board is of a newer version is no fault of the log.
      if (!writable && host.board.unknownEvents === 0) this.#stuck.add(id);
      else if (this.#stuck.delete(id) && this.writable) savedAgain();
    });
    this.#milestones?.follow(host);
    const snapshots = this.#snapshots.follow(host, kept, bytes);
    const tracks = this.#tracksOf(id);
    return { host, presence: new PresenceHub(this.#options.scheduler, tracks), snapshots, tracks, clients: new Map() };
  }

  #tracksOf(id: BoardId): TrackRecorder | null {
    const { tracks: store, tracksFailed: failed = () => {}, now, scheduler } = this.#options;
    return store ? new TrackRecorder(id, { store, now, scheduler, failed }) : null;
  }

  #forget(id: BoardId): void {
    this.#open.delete(id);
    this.#usedAt.delete(id);
    this.#stuck.delete(id);
  }

  #sweepLater(): void {
    this.#options.scheduler.after(IDLE_AFTER / 2, () => {
      if (this.#closed) return;
      void this.#closeIdle();
      this.#sweepLater();
    });
  }

  async #closeIdle(): Promise<void> {
    const before = this.#options.elapsed() - IDLE_AFTER;
    for (const [id, usedAt] of this.#usedAt) {
      if (usedAt > before) continue;
      const open = await this.#open.get(id);
      if (!open || open.presence.size > 0 || (this.#usedAt.get(id) ?? 0) > before) continue;
      this.#forget(id);
      await open.host.close();
      await open.tracks?.close();
      void open.snapshots.close();
    }
  }
}
