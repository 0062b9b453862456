import type { Millis } from '../../shared/ids.ts';
import { turned, zoomOfTurn } from '../tools/wheel.ts';
import type { Replay } from './replay.svelte.ts';
import type { Part, Scale } from './scale.ts';

/** A wheel zooms the strip faster than the sheet: between a year and a minute there is more than between two views. */
const EAGER = 2;

interface Strip {
  readonly replay: Replay;
  /** CSS pixels from the left edge to where the scale ends. */
  readonly reach: () => number;
  /** CSS pixels of all of it. */
  readonly width: () => number;
}

/** Two fingers on the strip, and the places of all of its scale that they took hold of. */
interface Pinch {
  readonly ids: readonly [number, number];
  readonly places: readonly [number, number];
}

/** The hand on the strip: one finger moves the playhead, two move and zoom the strip itself, and so does a wheel. */
export class StripHand {
  readonly #strip: Strip;
  /** The scale under the hand: it stands still while the hand holds the playhead. */
  held = $state.raw<Scale | null>(null);
  /** Pointer's place in CSS pixels from the left, while it is over the strip. */
  hover = $state<number | null>(null);
  readonly scale: Scale = $derived.by(() => this.held ?? this.#strip.replay.sight.scale);

  /** Playing stops while the hand holds the playhead, and goes on when it lets go. */
  #playOn = false;
  /** Where the playhead was before; null in the present. */
  #before: Millis | null = null;
  /** The finger that holds it: others do not count. */
  #finger = -1;
  /** Fingers that are down, and where. */
  readonly #fingers = new Map<number, number>();
  #pinch: Pinch | null = null;

  // The pointer moves more often than the screen does: one seek a frame, always to the latest place.
  #frame = 0;
  #target: Millis | null = null;

  constructor(strip: Strip) {
    this.#strip = strip;
  }

  /** Whether a place is behind the present. */
  isLive(x: number): boolean {
    return x >= this.scale.end * this.#strip.reach();
  }

  timeAt(x: number): Millis {
    const { start, end } = this.scale;
    return this.scale.timeAt(Math.min(end, Math.max(start, this.#within(x) / this.#strip.reach())));
  }

  down(id: number, x: number): void {
    const { replay } = this.#strip;
    if (!replay.hasPast) return;
    this.#fingers.set(id, x);
    if (this.#fingers.size === 2) return this.#beginPinch();
    if (this.held || this.#fingers.size > 2) return;
    this.#finger = id;
    this.#before = replay.mode === 'Live' ? null : replay.playhead;
    this.held = replay.sight.scale;
    this.#playOn = replay.running;
    if (this.#playOn) replay.pause();
    this.hover = x;
    this.#moveTo(x);
  }

  move(id: number, x: number, isMouse: boolean): void {
    if (isMouse || id === this.#finger) this.hover = x;
    if (this.#fingers.has(id)) this.#fingers.set(id, x);
    if (this.#pinch) this.#movePinch(this.#pinch);
    else if (this.held && id === this.#finger) this.#moveTo(x);
  }

  up(id: number, isMouse: boolean): void {
    this.#fingers.delete(id);
    if (this.#pinch?.ids.includes(id)) this.#pinch = null;
    if (!this.held || id !== this.#finger) return;
    if (this.#frame !== 0) this.#show();
    this.#letGo();
    if (!isMouse) this.hover = null;
  }

  leave(): void {
    if (!this.held) this.hover = null;
  }

  /** @returns whether it meant something here */
  wheel(event: WheelEvent, x: number): boolean {
    const { replay, reach, width } = this.#strip;
    if (this.held || !replay.hasPast) return false;
    const turn = turned(event, width());
    if (event.ctrlKey || event.metaKey) {
      replay.sight.zoom(zoomOfTurn(turn.y) ** -EAGER, Math.min(1, Math.max(0, x / reach())));
      return true;
    }
    if (replay.sight.isWhole) return false;
    replay.sight.pan((Math.abs(turn.x) > Math.abs(turn.y) ? turn.x : turn.y) / reach());
    return true;
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
  }

  #within(x: number): number {
    return Math.min(this.#strip.width(), Math.max(0, x));
  }

  #moveTo(x: number): void {
    this.#target = this.isLive(x) ? null : this.timeAt(x);
    this.#frame ||= requestAnimationFrame(() => this.#show());
  }

  #show(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    if (this.#target === null) this.#strip.replay.goLive();
    else this.#strip.replay.seek(this.#target);
  }

  #letGo(): void {
    const { replay } = this.#strip;
    this.#finger = -1;
    this.held = null;
    if (this.#playOn && replay.mode !== 'Live') replay.play();
  }

  /** What the first finger did by then is taken back. */
  #beginPinch(): void {
    const { replay, reach } = this.#strip;
    if (this.held) {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      if (this.#before === null) replay.goLive();
      else replay.seek(this.#before);
      this.#letGo();
      this.hover = null;
    }
    const [a, b] = [...this.#fingers];
    if (!a || !b) return;
    const { part } = replay.sight;
    const placeOf = (x: number): number => part.from + (x / reach()) * (part.to - part.from);
    this.#pinch = { ids: [a[0], b[0]], places: [placeOf(a[1]), placeOf(b[1])] };
  }

  #movePinch({ ids, places }: Pinch): void {
    const { replay, reach } = this.#strip;
    const [xa = 0, xb = 0] = ids.map((id) => this.#fingers.get(id));
    const part = partUnder(places, [xa / reach(), xb / reach()]);
    if (part) replay.sight.look(part);
  }
}

/** The part in which two places of the whole lie at two of it; null where that is none. */
export function partUnder([p, q]: readonly [number, number], [a, b]: readonly [number, number]): Part | null {
  const width = (q - p) / (b - a);
  if (!(width > 0) || !Number.isFinite(width)) return null;
  return { from: p - a * width, to: p + (1 - a) * width };
}
