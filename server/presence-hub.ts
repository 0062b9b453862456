import type { Presence, PresenceChange, ServerMessage } from '../shared/wire/message.ts';
import type { Scheduler } from './scheduler.ts';

export type PresenceChanged = Extract<ServerMessage, { type: 'PresenceChanged' }>;

/** Somebody on a board: what is told of them, and how they are told of others. */
export interface Member {
  /** False when the socket is busy: nothing was sent, and nothing is kept for it. */
  tell(message: PresenceChanged): boolean;
}

/** Who joins a board. */
export type Person = Pick<Presence, 'client' | 'name' | 'color' | 'role'>;

interface Seat {
  readonly member: Member;
  presence: Presence;
  /** Has missed a message: gets everybody's presence with the next one. */
  stale: boolean;
}

/** Keeps what the members do. */
export interface PresenceRecorder {
  changed(presence: Presence): void;
  left(connection: number): void;
}

/** Between two messages to a small room, in ms. */
const INTERVAL = 50;
/** What each further person adds to it: with everyone moving, the work grows with their square. */
const INTERVAL_PER_MEMBER = 1;

/**
 * Who is on one board. What happens between two messages is overwritten, not queued, and a busy socket is passed over:
 * presence never delays an event. Rules H1 to H4 of SPEC.md.
 */
export class PresenceHub {
  readonly #seats = new Map<number, Seat>();
  readonly #scheduler: Scheduler;
  readonly #recorder: PresenceRecorder | null;
  #changes = new Map<number, PresenceChange>();
  #left = new Set<number>();
  #scheduled = false;
  #lastConnection = 0;

  /** @param recorder is told of everything that changed, as often as the members are */
  constructor(scheduler: Scheduler, recorder: PresenceRecorder | null = null) {
    this.#scheduler = scheduler;
    this.#recorder = recorder;
  }

  get size(): number {
    return this.#seats.size;
  }

  /** Gives the newcomer a number, and with the next message everybody's presence. */
  join({ client, name, color, role }: Person, member: Member): number {
    const connection = ++this.#lastConnection;
    // Said in full: of a copy with `...` each would have a form of its own, which takes four times the memory.
    const presence: Presence = { connection, client, name, color, role, cursor: null, past: false };
    const seat = { member, presence, stale: true };
    this.#seats.set(connection, seat);
    this.#changes.set(connection, seat.presence);
    this.#schedule();
    return connection;
  }

  change(connection: number, change: Omit<PresenceChange, 'connection'>): void {
    const seat = this.#seats.get(connection);
    if (!seat) return;
    seat.presence = { ...seat.presence, ...change };
    this.#changes.set(connection, { ...this.#changes.get(connection), ...change, connection });
    this.#schedule();
  }

  leave(connection: number): void {
    if (!this.#seats.delete(connection)) return;
    this.#recorder?.left(connection);
    this.#changes.delete(connection);
    this.#left.add(connection);
    this.#schedule();
  }

  everyone(): readonly Presence[] {
    return [...this.#seats.values()].map((seat) => seat.presence);
  }

  #schedule(): void {
    if (this.#scheduled || this.#seats.size === 0) return;
    this.#scheduled = true;
    this.#scheduler.after(INTERVAL + this.#seats.size * INTERVAL_PER_MEMBER, () => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    const news: PresenceChanged = {
      type: 'PresenceChanged',
      everyone: false,
      changes: [...this.#changes.values()],
      left: [...this.#left],
    };
    for (const connection of this.#changes.keys()) {
      const presence = this.#seats.get(connection)?.presence;
      if (presence) this.#recorder?.changed(presence);
    }
    this.#changes = new Map();
    this.#left = new Set();
    const isNews = news.changes.length > 0 || news.left.length > 0;
    let all: PresenceChanged | undefined;
    let missed = false;
    for (const seat of this.#seats.values()) {
      // For the sake of one who is busy this comes again and again: of nothing, a room of 900 was told once a second.
      if (!isNews && !seat.stale) continue;
      all ??= seat.stale ? { type: 'PresenceChanged', everyone: true, changes: this.everyone(), left: [] } : undefined;
      seat.stale = !seat.member.tell(seat.stale && all ? all : news);
      missed ||= seat.stale;
    }
    if (missed) this.#schedule();
  }
}
