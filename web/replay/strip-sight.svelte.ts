import type { Millis } from '../../shared/ids.ts';
import type { Playback } from '../../shared/playback.ts';
import { type Part, partAbout, partFrom, type Scale, scaleWithin, wholePart, widthOf } from './scale.ts';

/** The shortest stretch that can be looked at, in ms of playing time: half a minute. */
const SHORTEST = 30_000;
/** One press of a key or button makes what is in sight so many times longer or shorter. */
const STEP = 3;
/** Where in what is in sight a playhead that left it comes in again. */
const ENTRY = 0.1;
/** Places that differ by less are the same. */
const NEAR = 1e-9;

/** What is in sight, by its instants: it stays the same stretch of time however the scale changes. */
interface Stretch {
  readonly from: Millis;
  readonly to: Millis;
  /** It ends at the present and moves on with that. */
  readonly present: boolean;
}

/** Which part of a board's life the strip shows: all of it, or as little as half a minute. [T21] */
export class StripSight {
  readonly #whole: () => Scale;
  readonly #playhead: () => Millis;
  #stretch = $state.raw<Stretch | null>(null);
  #followed: { readonly at: Millis; readonly mode: Playback['state'] } | null = null;

  /** The part in sight, of the scale of all. */
  readonly part: Part = $derived.by(() => {
    const stretch = this.#stretch;
    if (!stretch) return wholePart;
    const scale = this.#whole();
    const [from, to] = [scale.fractionOf(stretch.from), scale.fractionOf(stretch.to)];
    return partFrom(stretch.present ? 1 - (to - from) : from, to - from, this.#least());
  });
  readonly scale: Scale = $derived.by(() => scaleWithin(this.#whole(), this.part));

  /** `whole`: the scale of all; `playhead`: what is shown. Read where they are reactive. */
  constructor(whole: () => Scale, playhead: () => Millis) {
    this.#whole = whole;
    this.#playhead = playhead;
  }

  /** Whether the strip shows all there is: also where what was asked for has become all of it. */
  get isWhole(): boolean {
    return widthOf(this.part) >= 1 - NEAR;
  }

  /** Whether nothing shorter can be looked at. */
  get isShortest(): boolean {
    return widthOf(this.part) <= this.#least() + NEAR;
  }

  /** Whether the strip ends at the present. */
  get atPresent(): boolean {
    return this.#stretch?.present ?? true;
  }

  /** Looks at so many times as much, about a place in what is in sight, 0 … 1. */
  zoom(factor: number, place: number): void {
    this.look(partAbout(this.part, place, factor, this.#least()));
  }

  /** A step in or out, about the playhead where that is in sight, else about the middle. */
  step(direction: 1 | -1): void {
    const place = this.scale.fractionOf(this.#playhead());
    this.zoom(STEP ** -direction, place >= 0 && place <= 1 ? place : 0.5);
  }

  /** Moves by so much of what is in sight. */
  pan(share: number): void {
    const { from, to } = this.part;
    this.look({ from: from + share * (to - from), to: to + share * (to - from) });
  }

  all = (): void => {
    this.#stretch = null;
  };

  /** Looks at a part of the scale of all, as far as there is one like it. */
  look(part: Part): void {
    const { from, to } = partFrom(part.from, widthOf(part), this.#least());
    const scale = this.#whole();
    this.#stretch =
      to - from >= 1 - NEAR ? null : { from: scale.timeAt(from), to: scale.timeAt(to), present: to >= 1 - NEAR };
  }

  /**
   * Told where the playhead is, goes with it. Where somebody looks elsewhere while it plays, they are left alone until
   * the playhead is moved.
   */
  follow(at: Millis, mode: Playback['state']): void {
    const before = this.#followed;
    this.#followed = { at, mode };
    if (!before || !this.#stretch) return;
    if (mode === before.mode && (mode === 'Live' || (mode === 'Playing' && !this.#sees(before.at)))) return;
    this.#reveal(at);
  }

  #sees(at: Millis): boolean {
    const place = this.scale.fractionOf(at);
    return place >= -NEAR && place <= 1 + NEAR;
  }

  #reveal(at: Millis): void {
    if (this.#sees(at)) return;
    const width = widthOf(this.part);
    const place = this.#whole().fractionOf(at);
    const from = place > this.part.to ? place - ENTRY * width : place - (1 - ENTRY) * width;
    this.look({ from, to: from + width });
  }

  #least(): number {
    return Math.min(1, SHORTEST / this.#whole().length);
  }
}
