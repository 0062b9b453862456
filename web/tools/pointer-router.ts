import type { PointerKind } from '../../shared/event.ts';
import { grab } from './hand.ts';
import { eraser } from './erase.ts';
import { PenWatch } from './pen-watch.ts';
import { PinchGesture } from './pinch.ts';
import type { Gesture, PointerSample, Sheet, Tool } from './tool.ts';

export interface PointerPress {
  readonly id: number;
  readonly kind: PointerKind;
  /** As `PointerEvent.button`. */
  readonly button: number;
  readonly sample: PointerSample;
}

const MIDDLE_BUTTON = 1;
const PEN_ERASER_BUTTON = 5;
/** A second finger that comes so soon, or before the first has gone so far, means that both were for the sheet. */
const TOGETHER_TIME = 150;
const TOGETHER_WAY = 8;

interface Going {
  readonly id: number;
  readonly kind: PointerKind;
  readonly gesture: Gesture;
  readonly start: PointerSample;
  /** Furthest it was from its start, in pixels. */
  way: number;
}

/** Decides whose each pointer is: the tool's, the sheet's, or nobody's. One gesture goes on at a time. */
export class PointerRouter {
  readonly #sheet: Sheet;
  readonly #pen = new PenWatch();
  /** Fingers on the screen that count, and where they are. */
  readonly #fingers = new Map<number, PointerSample>();
  #going: Going | null = null;
  #pinch: PinchGesture | null = null;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  /** Something is being drawn, moved or pinched. */
  get isBusy(): boolean {
    return this.#going !== null || this.#pinch !== null;
  }

  /** True if the pointer is now followed until it is let go. `panning`: whatever is pressed moves the sheet. */
  down(press: PointerPress, tool: Tool, panning: boolean): boolean {
    const { id, kind, sample } = press;
    if (kind === 'pen') {
      this.#pen.saw(sample.time, true);
      if (this.#going?.kind === 'touch' || this.#pinch) this.#dropFingers();
    }
    if (kind === 'touch') {
      if (this.#pen.isPalm(sample.time)) return false;
      this.#fingers.set(id, sample);
      if (this.#pinch) return false;
      if (this.#going) return this.#secondFinger(sample.time);
    }
    const chosen = this.#chosen(press, tool, panning);
    if (this.#going || this.#pinch || !chosen) return false;
    const gesture = chosen.begin(sample, kind, this.#sheet);
    if (gesture) this.#going = { id, kind, gesture, start: sample, way: 0 };
    return gesture !== null;
  }

  move(id: number, kind: PointerKind, samples: readonly PointerSample[], ahead: readonly PointerSample[] = []): void {
    const last = samples.at(-1);
    if (!last) return;
    const going = this.#going?.id === id ? this.#going : null;
    if (kind === 'pen') this.#pen.saw(last.time, going !== null);
    if (this.#fingers.has(id)) {
      this.#fingers.set(id, last);
      this.#pinch?.move(id, last);
    }
    if (!going) return;
    for (const { x, y } of samples) going.way = Math.max(going.way, Math.hypot(x - going.start.x, y - going.start.y));
    going.gesture.move(samples, ahead);
  }

  /** The pointer was let go, or the browser took it away. */
  up(id: number, kind: PointerKind, time: number): void {
    if (kind === 'pen') this.#pen.saw(time, false);
    this.#fingers.delete(id);
    if (this.#pinch?.holds(id)) this.#pinch = null;
    if (this.#going?.id !== id) return;
    this.#going.gesture.end();
    this.#going = null;
  }

  /** The pointer that is down rests. */
  rest(): void {
    this.#going?.gesture.rest?.();
  }

  flush(): void {
    this.#going?.gesture.flush();
  }

  /** Ends whatever goes on; what was done stays. */
  stop(): void {
    this.#going?.gesture.end();
    this.#going = null;
    this.#pinch = null;
    this.#fingers.clear();
  }

  #chosen({ kind, button, sample }: PointerPress, tool: Tool, panning: boolean): Tool | null {
    if (button === MIDDLE_BUTTON || (panning && button === 0)) return grab;
    if (kind === 'pen' && button === PEN_ERASER_BUTTON) return tool.draws ? eraser : tool;
    if (button !== 0) return null;
    return kind === 'touch' && this.#pen.isInUse(sample.time) ? grab : tool;
  }

  /** Two fingers move and zoom the sheet. What the first one did by then is taken back, unless it was meant. */
  #secondFinger(time: number): boolean {
    const going = this.#going;
    const [a, b] = [...this.#fingers];
    if (!going || going.kind !== 'touch' || !a || !b) return false;
    if (time - going.start.time < TOGETHER_TIME || going.way < TOGETHER_WAY) going.gesture.takeBack();
    else going.gesture.end();
    this.#going = null;
    this.#pinch = new PinchGesture(this.#sheet, a, b);
    return true;
  }

  /** A pen came down: the fingers were the hand that holds it. */
  #dropFingers(): void {
    if (this.#going?.kind === 'touch') {
      if (this.#going.way < TOGETHER_WAY) this.#going.gesture.takeBack();
      else this.#going.gesture.end();
      this.#going = null;
    }
    this.#pinch = null;
    this.#fingers.clear();
  }
}
