import type { Style } from '../../../shared/style.ts';
import { MAX_SAMPLES_PER_COMMAND, MAX_SAMPLES_PER_STROKE } from '../../../shared/limits.ts';
import { type Nib, NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import type { Command } from '../../../shared/command.ts';
import type { PenSample } from './svc.ts';

/** What a pen does on a board: `BoardClient` is one, and tests have another. */
export interface PenTarget {
  nextStroke(): number;
  do(command: Command): void;
  point(cursor: { readonly x: number; readonly y: number } | null): void;
}

/** A step is 1/16 of a board unit. */
const PRECISION = 4;

/** Draws samples as they come: down starts a stroke, or goes on with it; up ends it and moves the cursor. */
export class RecordedPen {
  strokes = 0;
  points = 0;
  readonly #target: PenTarget;
  readonly #style: Style;
  /** Of the stroke being drawn. */
  #nib: Nib | null = null;
  #length = 0;
  #lastAt = 0;

  constructor(target: PenTarget, style: Style) {
    this.#target = target;
    this.#style = style;
  }

  /** Samples that follow those before, all at once: at most one command for each run with the pen down. */
  draw(samples: readonly PenSample[]): void {
    for (let i = 0; i < samples.length;) {
      const first = samples[i] as PenSample;
      let end = i + 1;
      while (end < samples.length && samples[end]?.down === first.down && end - i < MAX_SAMPLES_PER_COMMAND) end++;
      if (first.down) this.#ink(samples.slice(i, end));
      else this.lift();
      i = end;
    }
    const last = samples.at(-1);
    if (last) this.#target.point({ x: last.x, y: last.y });
  }

  /** Ends the stroke, where there is one. */
  lift(): void {
    if (this.#nib) this.#target.do({ type: 'EndStroke' });
    this.#nib = null;
  }

  #ink(run: readonly PenSample[]): void {
    if (this.#length + run.length > MAX_SAMPLES_PER_STROKE) this.lift();
    const starts = this.#nib === null;
    const { samples, nib } = packSamples(this.#timed(run, starts), PRECISION, this.#nib ?? NIB_AT_ORIGIN);
    if (starts) {
      this.#target.do({
        type: 'StartStroke',
        number: this.#target.nextStroke(),
        kind: 'pen',
        style: this.#style,
        pointer: 'pen',
        precision: PRECISION,
        samples,
      });
      this.strokes++;
      this.#length = 0;
    } else {
      this.#target.do({ type: 'ExtendStroke', samples });
    }
    this.#nib = nib;
    this.#length += run.length;
    this.points += run.length;
  }

  /** Each sample's time since the one before; a stroke's first has none. Whole ms, rounded without drift. */
  #timed(run: readonly PenSample[], starts: boolean) {
    return run.map(({ x, y, pressure, at }, i) => {
      const dt = starts && i === 0 ? 0 : Math.round(at) - Math.round(this.#lastAt);
      this.#lastAt = at;
      return { x, y, pressure, dt };
    });
  }
}
