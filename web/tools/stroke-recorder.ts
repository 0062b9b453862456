import { MAX_PRECISION, MAX_SAMPLE_GAP, MIN_PRECISION } from '../../shared/limits.ts';
import {
  type Nib,
  NIB_AT_ORIGIN,
  packSamples,
  type Sample,
  type Samples,
  stepOf,
  type Tilt,
} from '../../shared/samples.ts';

/** Pressure that moves less than this says nothing, while the pen stands still. */
const PRESSURE_STEP = 1 / 16;

/** The precision whose step is about an eighth of a pixel of the screen. */
export const precisionAt = (zoom: number): number =>
  Math.min(MAX_PRECISION, Math.max(MIN_PRECISION, Math.round(Math.log2(8 * zoom))));

/** Board units; pressure 0 … 1; ms on a steady clock. */
export interface TimedSample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly tilt?: Tilt;
  readonly time: number;
}

/** Gathers one stroke's samples and packs them in runs. */
export class StrokeRecorder {
  readonly precision: number;
  #nib: Nib = NIB_AT_ORIGIN;
  #waiting: Sample[] = [];
  #last: Sample | null = null;
  #lastTime = 0;
  #count = 0;

  constructor(precision: number) {
    this.precision = precision;
  }

  /** Samples recorded, packed or not. */
  get count(): number {
    return this.#count;
  }

  /** The last sample that made a difference. */
  get last(): Sample | null {
    return this.#last;
  }

  /**
   * A sample within a step of the last one adds only its time to the next:
   * a hand at rest costs nothing and stays as long as it stayed.
   */
  add({ time, ...sample }: TimedSample): void {
    const { x, y, pressure } = sample;
    const step = stepOf(this.precision);
    const last = this.#last;
    const moved =
      !last || Math.round(x / step) !== Math.round(last.x / step) || Math.round(y / step) !== Math.round(last.y / step);
    if (last && !moved && Math.abs(pressure - last.pressure) < PRESSURE_STEP) return;
    const now = Math.max(this.#lastTime, Math.round(time));
    const dt = last ? Math.min(MAX_SAMPLE_GAP, now - this.#lastTime) : 0;
    this.#lastTime = now;
    this.#last = { ...sample, dt };
    this.#waiting.push(this.#last);
    this.#count++;
  }

  /** A run that would follow what was taken, if the pointer went on so. Nothing of it is kept. */
  foresee(ahead: readonly TimedSample[]): Samples {
    let before = this.#lastTime;
    const run = ahead.map(({ time, ...sample }) => {
      const dt = Math.min(MAX_SAMPLE_GAP, Math.max(0, Math.round(time) - before));
      before += dt;
      return { ...sample, dt };
    });
    return packSamples(run, this.precision, this.#nib).samples;
  }

  /** The next run, of at most so many samples; null if none waits. */
  take(most: number): Samples | null {
    if (this.#waiting.length === 0) return null;
    const run = this.#waiting.splice(0, most);
    const { samples, nib } = packSamples(run, this.precision, this.#nib);
    this.#nib = nib;
    return samples;
  }
}
