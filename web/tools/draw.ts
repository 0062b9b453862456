import type { PointerKind } from '../../shared/event.ts';
import { extendInk, inkSamples } from '../../shared/ink.ts';
import { MAX_SAMPLES_PER_COMMAND, MAX_SAMPLES_PER_STROKE } from '../../shared/limits.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../shared/samples.ts';
import { recognise } from '../../shared/shapes/recognise.ts';
import type { KindName, Shape } from '../../shared/shapes/shape.ts';
import { toBoard } from '../canvas/camera.ts';
import { precisionAt, StrokeRecorder, type TimedSample } from './stroke-recorder.ts';
import type { Gesture, PointerSample, Sheet, Tool } from './tool.ts';

/** What is recorded where nothing measures pressure. */
const NO_PRESSURE = 0.5;

/** Pixels that a figure is wide or high at least: letters are smaller. */
const LEAST_FIGURE = 48;

export const pen = {
  name: 'Pen',
  icon: 'pen',
  shortcuts: ['p', 'd'],
  draws: true,
  kind: 'pen',
  cursor: (style, zoom) => ({ shape: 'Circle', diameter: style.width * zoom, filled: true }),
  begin: (sample, pointer, sheet) => beginStroke('pen', sample, pointer, sheet),
} as const satisfies Tool;

export const highlighter = {
  name: 'Highlighter',
  icon: 'highlighter',
  shortcuts: ['m'],
  draws: true,
  kind: 'highlighter',
  cursor: (style, zoom) => ({ shape: 'Circle', diameter: style.width * zoom, filled: true }),
  begin: (sample, pointer, sheet) => beginStroke('highlighter', sample, pointer, sheet),
} as const satisfies Tool;

/** A stroke of a kind, from pointer down to pointer up. Null if it is refused. */
export function beginStroke(kind: KindName, sample: PointerSample, pointer: PointerKind, sheet: Sheet): Gesture | null {
  const stroke = new StrokeGesture(kind, pointer, sheet);
  return stroke.start(sample) ? stroke : null;
}

class StrokeGesture implements Gesture {
  readonly #kind: KindName;
  readonly #pointer: PointerKind;
  readonly #sheet: Sheet;
  readonly #precision: number;
  #recorder: StrokeRecorder;
  #number = 0;
  /** Where a straight line goes to that is not drawn yet. */
  #straight: PointerSample | null = null;
  /** Where the pointer is expected next. */
  #ahead: readonly PointerSample[] = [];
  /** A refusal ends the gesture: what the hand still does is not drawn. */
  #over = false;

  constructor(kind: KindName, pointer: PointerKind, sheet: Sheet) {
    this.#kind = kind;
    this.#pointer = pointer;
    this.#sheet = sheet;
    this.#precision = precisionAt(sheet.camera.zoom);
    this.#recorder = new StrokeRecorder(this.#precision);
  }

  start(sample: PointerSample): boolean {
    this.#record(sample);
    return this.#propose();
  }

  /** With Shift held the line goes straight to where it is let go. */
  move(samples: readonly PointerSample[], ahead: readonly PointerSample[] = []): void {
    this.#ahead = ahead;
    for (const sample of samples) {
      if (this.#over) return;
      if (sample.shift) {
        this.#straight = sample;
        continue;
      }
      this.#goStraight();
      if (this.#recorder.count >= MAX_SAMPLES_PER_STROKE) this.#goOnInAnother(sample);
      this.#record(sample);
    }
  }

  flush(): void {
    const { last } = this.#recorder;
    const { camera } = this.#sheet;
    if (this.#straight && last) {
      this.#sheet.show({ guides: [[last, toBoard(camera, this.#straight.x, this.#straight.y)]] });
    }
    for (;;) {
      const samples = this.#over ? null : this.#recorder.take(MAX_SAMPLES_PER_COMMAND);
      if (!samples) break;
      if (this.#sheet.propose({ type: 'ExtendStroke', samples })) this.#over = true;
    }
    this.#lookAhead();
  }

  /** Shows the stroke on to where the pointer is expected: ink keeps up with the nib, and nothing of that is recorded. */
  #lookAhead(): void {
    const stroke = this.#over || this.#straight || this.#ahead.length === 0 ? undefined : this.#shape();
    const samples = stroke && this.#recorder.foresee(this.#ahead.map((sample) => this.#sampleOf(sample)));
    if (stroke && samples) this.#sheet.foresee({ ...stroke, ink: extendInk(stroke.ink, samples) });
    this.#ahead = [];
  }

  #shape(): Shape | undefined {
    return this.#sheet.shape(this.#sheet.idOf(this.#number));
  }

  end(): void {
    this.#goStraight();
    this.flush();
    if (!this.#over) this.#sheet.propose({ type: 'EndStroke' });
    this.#over = true;
  }

  /** What looks like a figure becomes one, as a gesture of its own: undone, the ink is back. */
  rest(): void {
    if (this.#kind !== 'pen' || this.#over || this.#straight) return;
    this.flush();
    const stroke = this.#shape();
    const figure = stroke && recognise(inkSamples(stroke.ink), LEAST_FIGURE / this.#sheet.camera.zoom);
    if (!stroke || !figure || this.#sheet.propose({ type: 'EndStroke' })) return;
    this.#over = true;
    const gesture = this.#sheet.nextGesture();
    if (this.#sheet.propose({ type: 'EraseShapes', gesture, shapes: [stroke.id] })) return;
    const { smoothing: _, ...style } = stroke.style;
    const corners = [figure.from, figure.to].map((corner) => ({ ...corner, pressure: NO_PRESSURE, dt: 0 }));
    this.#sheet.propose({
      type: 'PlaceShape',
      gesture,
      number: gesture + 1,
      kind: figure.kind,
      style,
      pointer: this.#pointer,
      precision: this.#precision,
      samples: packSamples(corners, this.#precision, NIB_AT_ORIGIN).samples,
      settings: {},
    });
  }

  /** Undoing a stroke that is still being drawn ends it. */
  takeBack(): void {
    if (this.#straight) this.#sheet.show({});
    this.#straight = null;
    if (!this.#over) this.#sheet.propose({ type: 'Undo' });
    this.#over = true;
  }

  #goStraight(): void {
    if (!this.#straight) return;
    this.#record(this.#straight);
    this.#straight = null;
    this.#sheet.show({});
  }

  #record(sample: PointerSample): void {
    this.#recorder.add(this.#sampleOf(sample));
  }

  /** On the board. */
  #sampleOf({ x, y, pressure, tilt, time }: PointerSample): TimedSample {
    const point = toBoard(this.#sheet.camera, x, y);
    return this.#pointer === 'pen'
      ? { ...point, pressure, ...(tilt && { tilt }), time }
      : { ...point, pressure: NO_PRESSURE, time };
  }

  /** Proposes the stroke with the samples that wait. */
  #propose(): boolean {
    const samples = this.#recorder.take(MAX_SAMPLES_PER_COMMAND);
    if (!samples) return false;
    this.#number = this.#sheet.nextGesture();
    const rejection = this.#sheet.propose({
      type: 'StartStroke',
      number: this.#number,
      kind: this.#kind,
      style: this.#sheet.style(this.#kind),
      pointer: this.#pointer,
      precision: this.#precision,
      samples,
    });
    if (rejection) this.#over = true;
    return !rejection;
  }

  /** A stroke that is full goes on as another, from where it was. */
  #goOnInAnother({ time }: PointerSample): void {
    const { last } = this.#recorder;
    this.flush();
    if (this.#over || !last || this.#sheet.propose({ type: 'EndStroke' })) return;
    this.#recorder = new StrokeRecorder(this.#precision);
    this.#recorder.add({ ...last, time });
    this.#propose();
  }
}
