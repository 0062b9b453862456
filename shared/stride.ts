import { countUpToNumber } from './binary-search.ts';
import type { Commit, RecordedEvent } from './event.ts';
import type { AuthorNumber, Millis } from './ids.ts';

/** How far a step goes: to where something was finished, or to the next commit whatever it holds. */
export type Stride = 'Gesture' | 'Commit';

/** 1: towards the present. */
export type Direction = 1 | -1;

/** Instants at which something was finished: what a hand does in many events is one, with the time of its last. [T14] */
export class Finishes {
  readonly #ats: Millis[] = [];
  #last: { readonly by: AuthorNumber; readonly gesture: number } | null = null;

  get ats(): readonly Millis[] {
    return this.#ats;
  }

  /** Takes the commit that follows the last one. */
  add({ at, events }: Commit): void {
    for (const { by, event } of events) {
      if (isUnderWay(event)) continue;
      const gesture = 'gesture' in event ? event.gesture : null;
      const goesOn = gesture !== null && this.#last?.by === by && this.#last.gesture === gesture;
      if (goesOn || this.#ats.at(-1) === at) this.#ats.pop();
      this.#ats.push(at);
      this.#last = gesture === null ? null : { by, gesture };
    }
  }
}

/** The first of ascending instants after another, or the last one before it; null where there is none. */
export function nextOf(ats: readonly Millis[], at: Millis, direction: Direction): Millis | null {
  let index = countUpToNumber(ats, at);
  if (direction > 0) return ats[index] ?? null;
  while (index > 0 && (ats[index - 1] as Millis) >= at) index--;
  return ats[index - 1] ?? null;
}

/** Ink that is being drawn, and who came: nothing that one would go back to. */
const isUnderWay = ({ type }: RecordedEvent['event']): boolean =>
  type === 'StrokeStarted' || type === 'StrokeExtended' || type === 'AuthorJoined' || type === 'AuthorChanged';
