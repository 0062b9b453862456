import type { Position } from '../../../shared/geometry.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import { LINE_HEIGHT, sizeOf } from '../../../shared/letters/layout.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import { precisionAt } from '../../tools/stroke-recorder.ts';
import type { Drawing } from './drawing.svelte.ts';

/** The writing of one text, from the first letter to the last: one gesture. */
export class TextSession {
  readonly #drawing: Drawing;
  readonly #precision: number;
  /** Where a new text begins: its left top corner. */
  readonly at: Position;
  #shape = $state<ShapeId | null>(null);
  #gesture: number | null = null;
  #text = '';
  #begun = false;

  /** @param zoom how finely the screen shows the place */
  constructor(drawing: Drawing, zoom: number) {
    const { writing } = drawing;
    this.#drawing = drawing;
    this.#precision = precisionAt(zoom);
    this.#shape = writing && 'shape' in writing ? writing.shape : null;
    const { x, y } = writing && 'at' in writing ? writing.at : { x: 0, y: 0 };
    // What is pressed is the middle of the first line.
    this.at = { x, y: y - (sizeOf(drawing.style('text')) * LINE_HEIGHT) / 2 };
  }

  /** Null until a new text has its first letter. */
  get shape(): ShapeId | null {
    return this.#shape;
  }

  write(text: string): void {
    this.#text = text;
    this.#gesture ??= this.#drawing.nextGesture();
    if (this.#shape) {
      const command = { gesture: this.#gesture, shapes: [this.#shape], settings: [{ text }] };
      this.#drawing.propose({ type: 'ChangeShapes', ...command });
    } else if (text !== '') this.#begin(text, this.#gesture);
  }

  /** A new text without letters is none; any other is taken in hand. */
  end(): void {
    const shape = this.#shape;
    if (!shape || this.#gesture === null) return;
    if (this.#begun && this.#text === '') {
      this.#drawing.propose({ type: 'EraseShapes', gesture: this.#gesture, shapes: [shape] });
    } else if (this.#begun) this.#drawing.made([shape]);
  }

  #begin(text: string, gesture: number): void {
    const { samples } = packSamples([{ ...this.at, pressure: 0.5, dt: 0 }], this.#precision, NIB_AT_ORIGIN);
    const rejection = this.#drawing.propose({
      type: 'PlaceShape',
      gesture,
      number: gesture + 1,
      kind: 'text',
      style: this.#drawing.style('text'),
      pointer: 'mouse',
      precision: this.#precision,
      samples,
      settings: { text },
    });
    if (rejection) return;
    this.#begun = true;
    this.#shape = this.#drawing.idOf(gesture + 1);
  }
}
