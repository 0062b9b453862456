import type { BoardId, Millis } from '../../shared/ids.ts';
import type { Presence } from '../../shared/wire/message.ts';
import { packTrack, type TrackPerson, type TrackSample } from '../../shared/wire/track-codec.ts';
import type { Scheduler } from '../scheduler.ts';
import { hourOf, type TrackStore } from './track-store.ts';

export interface TrackRecorderOptions {
  readonly store: TrackStore;
  readonly now: () => Millis;
  readonly scheduler: Scheduler;
  /** Told when nothing can be kept, which harms nobody. */
  readonly failed: (error: unknown) => void;
}

/** ms between two samples, and of one piece. */
const [SAMPLE_EVERY, PIECE] = [200, 10_000];

/** Keeps what the hands on one board do, sampled. */
export class TrackRecorder {
  readonly #board: BoardId;
  readonly #options: TrackRecorderOptions;
  /** Who is here, as they were heard of last; those of whom there is something new. */
  readonly #here = new Map<number, Presence>();
  readonly #news = new Set<number>();
  readonly #gone = new Map<number, Presence>();
  #scheduled = false;
  #keepScheduled = false;
  #from: Millis = 0;
  #people: TrackPerson[] = [];
  readonly #places = new Map<string, number>();
  #samples: TrackSample[] = [];

  constructor(board: BoardId, options: TrackRecorderOptions) {
    this.#board = board;
    this.#options = options;
  }

  /** Somebody came, moved, or looks elsewhere. */
  changed(presence: Presence): void {
    this.#here.set(presence.connection, presence);
    this.#news.add(presence.connection);
    this.#schedule();
  }

  left(connection: number): void {
    const presence = this.#here.get(connection);
    if (!presence) return;
    this.#here.delete(connection);
    this.#news.delete(connection);
    this.#gone.set(connection, { ...presence, cursor: null });
    this.#schedule();
  }

  /** Keeps what is not kept yet. */
  async close(): Promise<void> {
    this.#sample();
    await this.#keep();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#options.scheduler.after(SAMPLE_EVERY, () => {
      this.#scheduled = false;
      this.#sample();
    });
  }

  #sample(): void {
    const at = this.#options.now();
    if (this.#samples.length > 0 && (at - this.#from >= PIECE || hourOf(at) !== hourOf(this.#from))) void this.#keep();
    if (this.#samples.length === 0) {
      this.#from = at;
      // Each piece stands for itself: it begins with everybody who is here.
      for (const connection of this.#here.keys()) this.#news.add(connection);
    }
    for (const presence of this.#gone.values()) this.#add(presence, at);
    for (const connection of this.#news) {
      const presence = this.#here.get(connection);
      if (presence) this.#add(presence, at);
    }
    this.#gone.clear();
    this.#news.clear();
    this.#keepLater();
  }

  /** Also where nothing follows: what waits is memory, and is lost in a kill. */
  #keepLater(): void {
    if (this.#keepScheduled || this.#samples.length === 0) return;
    this.#keepScheduled = true;
    this.#options.scheduler.after(this.#from + PIECE - this.#options.now(), () => {
      this.#keepScheduled = false;
      if (this.#options.now() - this.#from >= PIECE) void this.#keep();
      else this.#keepLater();
    });
  }

  /** Who looks at the past points at nothing of now. */
  #add({ client, name, color, cursor, past, laser = false, sight }: Presence, at: Millis): void {
    const person = this.#placeOf({ client, name, color });
    const shown = past ? {} : sight ? { sight } : {};
    this.#samples.push({ at, person, cursor: past ? null : cursor, laser: laser && !past, ...shown });
  }

  #placeOf(person: TrackPerson): number {
    const key = `${person.client} ${person.color} ${person.name}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.#people.length);
    return this.#people.push(person) - 1;
  }

  async #keep(): Promise<void> {
    if (this.#samples.length === 0) return;
    const piece = packTrack({ people: this.#people, samples: this.#samples });
    const hour = hourOf(this.#from);
    this.#people = [];
    this.#samples = [];
    this.#places.clear();
    await this.#options.store.append(this.#board, hour, piece).catch((error: unknown) => this.#options.failed(error));
  }
}
