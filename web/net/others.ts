import { asyncScheduler, BehaviorSubject, type Observable, Subject, throttleTime } from 'rxjs';
import type { Box } from '../../shared/geometry.ts';
import { MAX_COORDINATE } from '../../shared/limits.ts';
import type { Point, Pointing, Presence } from '../../shared/wire/message.ts';
import { heardOf, nobody, type People, type PresenceChanged, withoutCursors } from './people.ts';

/** Least time between two messages of where this person points, in ms. */
const POINT_EVERY = 50;

/** The other people on a board, and what they are told of this one. Nothing of it outlives a connection. */
export class Others {
  readonly #say: (message: Pointing) => void;
  readonly #people$ = new BehaviorSubject<readonly Presence[]>([]);
  readonly #pointing$ = new Subject<Pointing>();
  #people: People = nobody;
  #ownConnection = 0;
  #sight: Box | null = null;
  /** What the server was told last. */
  #said: Box | null = null;
  #pointing: Pointing = { type: 'Pointing', cursor: null, past: false };

  /** `say` may drop what it cannot send now. */
  constructor(say: (message: Pointing) => void) {
    this.#say = say;
    this.#pointing$
      .pipe(throttleTime(POINT_EVERY, asyncScheduler, { leading: true, trailing: true }))
      .subscribe(() => this.#tell());
  }

  /** One's own. */
  get connection(): number {
    return this.#ownConnection;
  }

  get people(): readonly Presence[] {
    return this.#people$.value;
  }

  get people$(): Observable<readonly Presence[]> {
    return this.#people$;
  }

  point(cursor: Point | null, past: boolean, laser = false): void {
    const { laser: before } = this.#pointing;
    // Said while it shines, and once when it goes out.
    this.#pointing = {
      type: 'Pointing',
      cursor: cursor && onTheBoard(cursor),
      past,
      ...(laser || before ? { laser } : {}),
    };
    this.#pointing$.next(this.#pointing);
  }

  /** What this person has in sight: said with where they point, when it is another. */
  look({ minX, minY, maxX, maxY }: Box): void {
    const [from, to] = [onTheBoard({ x: minX, y: minY }), onTheBoard({ x: maxX, y: maxY })];
    this.#sight = { minX: from.x, minY: from.y, maxX: to.x, maxY: to.y };
    this.#pointing$.next(this.#pointing);
  }

  joined(connection: number): void {
    this.#ownConnection = connection;
  }

  /** The server knows nothing yet of where this person points. */
  live(): void {
    this.#said = null;
    if (this.#pointing.cursor || this.#pointing.past || this.#sight) this.#tell();
  }

  #tell(): void {
    const sight = this.#sight;
    const isNews = sight !== null && sight !== this.#said;
    this.#said = sight;
    this.#say(isNews ? { ...this.#pointing, sight } : this.#pointing);
  }

  hear(message: PresenceChanged): void {
    this.#set(heardOf(this.#people, message, this.#ownConnection));
  }

  lost(): void {
    if (this.#people.size > 0) this.#set(withoutCursors(this.#people));
  }

  close(): void {
    this.#pointing$.complete();
    this.#people$.complete();
  }

  #set(people: People): void {
    this.#people = people;
    this.#people$.next([...people.values()]);
  }
}

/** A sheet may show what lies beyond the board; nobody is told of that, for a server takes no such place. */
const onTheBoard = ({ x, y }: Point): Point => ({ x: onTheLine(x), y: onTheLine(y) });
const onTheLine = (value: number): number => Math.min(MAX_COORDINATE, Math.max(-MAX_COORDINATE, value));
