import { pinched } from '../canvas/camera.ts';
import type { PointerSample, Sheet } from './tool.ts';

/** Two fingers on the sheet: it moves and zooms with them. */
export class PinchGesture {
  readonly #sheet: Sheet;
  readonly #fingers: Map<number, PointerSample>;

  constructor(sheet: Sheet, a: readonly [number, PointerSample], b: readonly [number, PointerSample]) {
    this.#sheet = sheet;
    this.#fingers = new Map([a, b]);
  }

  holds(id: number): boolean {
    return this.#fingers.has(id);
  }

  move(id: number, sample: PointerSample): void {
    const before = this.#pair();
    if (!before || !this.#fingers.has(id)) return;
    this.#fingers.set(id, sample);
    const after = this.#pair();
    if (after) this.#sheet.moveCamera(pinched(this.#sheet.camera, before, after));
  }

  #pair(): readonly [PointerSample, PointerSample] | null {
    const [a, b] = this.#fingers.values();
    return a && b ? [a, b] : null;
  }
}
