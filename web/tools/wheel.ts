import { type Camera, panned, type Size, zoomedBy } from '../canvas/camera.ts';

/** What counts of a `WheelEvent`. */
export interface WheelTurn {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0: pixels, 1: lines, 2: pages. */
  readonly deltaMode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

const LINE = 20;
/** A notch of a wheel is 100 pixels or more and would zoom too far; a trackpad sends a few at a time. */
const MOST_ZOOM_PIXELS = 24;
const ZOOM_PER_PIXEL = 1 / 100;

/** Turning pans; with Ctrl or ⌘ held, or pinching on a trackpad, it zooms about the pointer. */
export function wheeled(camera: Camera, turn: WheelTurn, size: Size, x: number, y: number): Camera {
  const unit = turn.deltaMode === 0 ? 1 : turn.deltaMode === 1 ? LINE : size.height;
  const [dx, dy] = [turn.deltaX * unit, turn.deltaY * unit];
  if (turn.ctrlKey || turn.metaKey) {
    const pixels = Math.min(MOST_ZOOM_PIXELS, Math.max(-MOST_ZOOM_PIXELS, dy));
    return zoomedBy(camera, Math.exp(-pixels * ZOOM_PER_PIXEL), x, y);
  }
  // A wheel has one direction: Shift turns it.
  return turn.shiftKey && dx === 0 ? panned(camera, -dy, 0) : panned(camera, -dx, -dy);
}
