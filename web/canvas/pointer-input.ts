import type { PointerKind } from '../../shared/event.ts';
import { type Camera, type Size, toBoard } from './camera.ts';
import type { PointerPress, PointerRouter } from '../tools/pointer-router.ts';
import { Throttle, windowTimers } from '../tools/throttle.ts';
import type { PointerSample, Sheet, Tool } from '../tools/tool.ts';
import { wheeled } from '../tools/wheel.ts';

export interface InputTarget {
  readonly element: HTMLElement;
  readonly sheet: Sheet;
  readonly router: PointerRouter;
  readonly size: () => Size;
  readonly tool: () => Tool;
  /** Where this person points, in board units, at most once a frame. */
  readonly point: (at: { x: number; y: number } | null) => void;
  /** Whether pressing would move the sheet whatever the tool is, or does. */
  readonly onPanning: (panning: 'no' | 'ready' | 'now') => void;
  readonly onPressed: (pressed: boolean) => void;
  /** Somebody asked for the menu of a place on the sheet. */
  readonly onMenu: (sample: PointerSample) => void;
  /** A pointer that is not pressed moved over the sheet. */
  readonly onHover: (sample: PointerSample) => void;
}

/** ms between commands of a gesture: one for each frame of a 60 Hz screen. */
const FRAME = 15;
/** ms that a pointer which is down does not move to count as resting, and pixels that it may tremble meanwhile. */
const [REST_TIME, REST_WAY] = [550, 5];
/** ms that a timer may be late: beyond, the page was busy, and what the hand did meanwhile is still to be heard. */
const LATE = 50;
/** ms and pixels between two presses that belong together. */
const [TWICE_TIME, TWICE_WAY] = [350, 8];

/** Turns what the browser says about pointers, wheel and Space into calls of the router. */
export class PointerInput {
  readonly #target: InputTarget;
  readonly #gone = new AbortController();
  readonly #flush: Throttle;
  readonly #point: Throttle;
  #pointer: PointerSample | null = null;
  #pressed: PointerSample | null = null;
  #spaceHeld = false;
  /** Where the pointer that is down has come to rest. */
  #restsAt: PointerSample | null = null;
  #restTimer = 0;

  constructor(target: InputTarget) {
    this.#target = target;
    this.#flush = new Throttle(windowTimers, FRAME, () => target.router.flush());
    this.#point = new Throttle(windowTimers, FRAME, () => this.#tellPoint());
    const { element } = target;
    const listen = { signal: this.#gone.signal };
    element.addEventListener('pointerdown', (event) => this.#down(event), listen);
    element.addEventListener('pointermove', (event) => this.#move(event), listen);
    element.addEventListener('pointerup', (event) => this.#up(event), listen);
    element.addEventListener('pointercancel', (event) => this.#up(event), listen);
    element.addEventListener('pointerleave', (event) => this.#leave(event), listen);
    element.addEventListener('wheel', (event) => this.#wheel(event), { ...listen, passive: false });
    element.addEventListener('contextmenu', (event) => this.#menu(event), listen);
    addEventListener('keydown', (event) => this.#key(event, true), listen);
    addEventListener('keyup', (event) => this.#key(event, false), listen);
    addEventListener('blur', () => this.#holdSpace(false), listen);
  }

  /** The sheet moved under a pointer that did not. */
  cameraMoved(): void {
    if (this.#pointer) this.#point.request();
  }

  close(): void {
    this.#gone.abort();
    this.#flush.stop();
    this.#point.stop();
    clearTimeout(this.#restTimer);
    this.#target.router.stop();
  }

  #down(event: PointerEvent): void {
    const { element, router, tool } = this.#target;
    const sample = this.#sample(event);
    const press = { id: event.pointerId, kind: kindOf(event), button: event.button, sample };
    // A field keeps the focus otherwise, and every letter meant for a tool would go there.
    if (document.activeElement instanceof HTMLElement && document.activeElement !== document.body) {
      document.activeElement.blur();
    }
    event.preventDefault();
    if (this.#isSecond(press)) {
      router.stop();
      tool().twice?.(sample, this.#target.sheet);
      return;
    }
    if (!router.down(press, tool(), this.#spaceHeld)) return;
    element.setPointerCapture(event.pointerId);
    if (this.#spaceHeld || event.button === 1) this.#target.onPanning('now');
    this.#target.onPressed(true);
    this.#restFrom(sample);
    this.#pointAt(sample);
  }

  /** Whether it comes right after another, in the same place: what browsers call a double click, of fingers and pens too. */
  #isSecond({ button, sample }: PointerPress): boolean {
    const before = this.#pressed;
    this.#pressed = sample;
    if (!before || button !== 0 || !this.#target.tool().twice) return false;
    const isSecond =
      sample.time - before.time < TWICE_TIME && Math.hypot(sample.x - before.x, sample.y - before.y) < TWICE_WAY;
    if (isSecond) this.#pressed = null;
    return isSecond;
  }

  #move(event: PointerEvent): void {
    const samples = (event.getCoalescedEvents?.() ?? []).map((one) => this.#sample(one));
    if (samples.length === 0) samples.push(this.#sample(event));
    const ahead = this.#target.router.isBusy ? (event.getPredictedEvents?.() ?? []) : [];
    this.#target.router.move(
      event.pointerId,
      kindOf(event),
      samples,
      ahead.map((one) => this.#sample(one)),
    );
    if (this.#target.router.isBusy) this.#flush.request();
    const last = samples.at(-1);
    if (last && this.#restsAt && isAway(this.#restsAt, last)) this.#restFrom(last);
    if (event.isPrimary) this.#pointAt(last ?? null);
    if (last && event.pointerType !== 'touch' && !this.#target.router.isBusy) this.#target.onHover(last);
  }

  #up(event: PointerEvent): void {
    this.#restFrom(null);
    this.#target.router.up(event.pointerId, kindOf(event), event.timeStamp);
    this.#target.onPanning(this.#spaceHeld ? 'ready' : 'no');
    this.#target.onPressed(false);
    if (event.pointerType === 'touch' && event.isPrimary) this.#pointAt(null);
  }

  #restFrom(sample: PointerSample | null): void {
    this.#restsAt = sample;
    clearTimeout(this.#restTimer);
    if (sample) this.#awaitRest();
  }

  #awaitRest(): void {
    const due = performance.now() + REST_TIME;
    this.#restTimer = window.setTimeout(() => {
      if (performance.now() - due > LATE) this.#awaitRest();
      else this.#target.router.rest();
    }, REST_TIME);
  }

  #leave(event: PointerEvent): void {
    if (event.isPrimary && !this.#target.router.isBusy) this.#pointAt(null);
  }

  /** In place of the browser's. A finger or pen that rests draws: only the mouse asks for it. */
  #menu(event: MouseEvent): void {
    event.preventDefault();
    const kind = event instanceof PointerEvent ? event.pointerType : 'mouse';
    if (kind !== 'touch' && kind !== 'pen' && !this.#target.router.isBusy) this.#target.onMenu(this.#sample(event));
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const { sheet, size } = this.#target;
    const { x, y } = this.#sample(event);
    sheet.moveCamera(wheeled(sheet.camera, event, size(), x, y));
  }

  #key(event: KeyboardEvent, down: boolean): void {
    if (event.key !== ' ') return;
    if (down && (event.ctrlKey || event.metaKey || event.altKey || takesSpace(event.target))) return;
    if (down) event.preventDefault();
    this.#holdSpace(down);
  }

  #holdSpace(held: boolean): void {
    if (held === this.#spaceHeld) return;
    this.#spaceHeld = held;
    this.#target.onPanning(held ? 'ready' : 'no');
  }

  #pointAt(sample: PointerSample | null): void {
    this.#pointer = sample;
    this.#point.request();
  }

  #tellPoint(): void {
    const camera: Camera = this.#target.sheet.camera;
    this.#target.point(this.#pointer && toBoard(camera, this.#pointer.x, this.#pointer.y));
  }

  #sample(event: MouseEvent & Partial<Pick<PointerEvent, 'pressure' | 'tiltX' | 'tiltY'>>): PointerSample {
    const { left, top } = this.#target.element.getBoundingClientRect();
    const { clientX, clientY, pressure = 0.5, tiltX = 0, tiltY = 0, timeStamp, shiftKey, altKey } = event;
    const keys = { shift: shiftKey, alt: altKey };
    const tilt = tiltX === 0 && tiltY === 0 ? {} : { tilt: { x: tiltX, y: tiltY } };
    return { x: clientX - left, y: clientY - top, pressure, ...tilt, time: timeStamp, ...keys };
  }
}

const isAway = (a: PointerSample, b: PointerSample): boolean => Math.hypot(a.x - b.x, a.y - b.y) > REST_WAY;

const kindOf = ({ pointerType }: PointerEvent): PointerKind =>
  pointerType === 'pen' || pointerType === 'touch' ? pointerType : 'mouse';

const takesSpace = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, select, button, a, [contenteditable], [role="slider"], [role="menu"], dialog') !==
    null;
