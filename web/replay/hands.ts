import { Subject, type Observable } from 'rxjs';
import type { Color } from '../../shared/color.ts';
import type { Box } from '../../shared/geometry.ts';
import type { BoardId, ClientId, Millis } from '../../shared/ids.ts';
import type { Point, Presence } from '../../shared/wire/message.ts';
import { type Track, unpackTracks } from '../../shared/wire/track-codec.ts';

/** Where it is known what hands did: in hours since 1970. */
export interface TrackSource {
  hours(): Promise<readonly number[]>;
  tracks(hour: number): Promise<readonly Track[]>;
}

type FetchPart = (url: string) => Promise<Response>;

/** As the server has it; nothing where it keeps none. */
export const boardTracks = (board: BoardId, fetchPart: FetchPart): TrackSource => ({
  async hours() {
    const response = await fetchPart(`/api/boards/${board}/tracks`);
    return response.ok ? ((await response.json()) as { hours: number[] }).hours : [];
  },
  async tracks(hour) {
    const response = await fetchPart(`/api/boards/${board}/tracks/${hour}`);
    return response.ok ? unpackTracks(new Uint8Array(await response.arrayBuffer())) : [];
  },
});

interface Moment {
  readonly at: Millis;
  readonly name: string;
  readonly color: Color;
  readonly cursor: Point | null;
  readonly laser: boolean;
  /** What they had in sight then, also where that was said before. */
  readonly sight: Box | undefined;
}

const HOUR = 3_600_000;
/** ms after which nothing is known any more of somebody of whom nothing was heard. */
const KNOWN_FOR = 12_000;
/** ms between two samples between which a hand went straight from the one to the other. */
const STRAIGHT = 400;
/** ms after which what is known of the present hour is asked for again. */
const STALE = 10_000;

/** What hands did, at any instant of which it is known. It is fetched by the hour, when somebody looks there. */
export class Hands {
  readonly #source: TrackSource;
  readonly #now: () => Millis;
  readonly #grew$ = new Subject<void>();
  #listed: Promise<readonly number[]> | null = null;
  readonly #fetchedAt = new Map<number, Millis>();
  readonly #hours = new Map<number, ReadonlyMap<ClientId, readonly Moment[]>>();

  constructor(source: TrackSource, now: () => Millis) {
    this.#source = source;
    this.#now = now;
  }

  /** Something more is known. */
  get grew$(): Observable<void> {
    return this.#grew$;
  }

  /** Who pointed where. What is not known is fetched, and told of when it is here. */
  peopleAt(at: Millis): readonly Presence[] {
    const hour = Math.floor(at / HOUR);
    void this.#bring(hour);
    const people = this.#hours.get(hour) ?? new Map<ClientId, readonly Moment[]>();
    return [...people].flatMap(([client, moments], i) => presenceAt(client, i + 1, moments, at) ?? []);
  }

  async #bring(hour: number): Promise<void> {
    const now = this.#now();
    const fetchedAt = this.#fetchedAt.get(hour) ?? -Infinity;
    // Of an hour that was over by then all is known.
    if (fetchedAt >= (hour + 1) * HOUR + STALE || now - fetchedAt < STALE) return;
    this.#fetchedAt.set(hour, now);
    try {
      if (hour + 1 >= Math.floor(now / HOUR)) this.#listed = null;
      this.#listed ??= this.#source.hours();
      if (!(await this.#listed).includes(hour)) return;
      this.#hours.set(hour, byClient(await this.#source.tracks(hour)));
      this.#grew$.next();
    } catch {
      // Offline: what is known shows, and the next look asks again.
      this.#listed = null;
    }
  }
}

function byClient(tracks: readonly Track[]): ReadonlyMap<ClientId, readonly Moment[]> {
  const people = new Map<ClientId, Moment[]>();
  for (const { people: who, samples } of tracks) {
    for (const { at, person, cursor, laser, sight } of samples) {
      const one = who[person];
      if (!one) continue;
      const moments = people.get(one.client) ?? [];
      people.set(one.client, moments);
      const { name, color } = one;
      moments.push({ at, name, color, cursor, laser, sight: sight ?? moments.at(-1)?.sight });
    }
  }
  return people;
}

function presenceAt(client: ClientId, connection: number, moments: readonly Moment[], at: Millis): Presence | null {
  const place = lastBefore(moments, at);
  const moment = moments[place];
  if (!moment || at - moment.at > KNOWN_FOR) return null;
  const { name, color, laser, sight } = moment;
  const cursor = moment.cursor && between(moment, moments[place + 1], at);
  const seen = sight ? { sight } : {};
  return { connection, client, name, color, role: 'editor', cursor, past: false, laser, ...seen };
}

/** The place of the last moment by then; -1 where there is none. */
function lastBefore(moments: readonly Moment[], at: Millis): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((moments[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function between({ cursor, at: from }: Moment, next: Moment | undefined, at: Millis): Point | null {
  if (!cursor || !next?.cursor || next.at - from > STRAIGHT) return cursor;
  const share = (at - from) / (next.at - from);
  return { x: cursor.x + (next.cursor.x - cursor.x) * share, y: cursor.y + (next.cursor.y - cursor.y) * share };
}
