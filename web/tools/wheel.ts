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

/** How far a wheel turned, in CSS pixels. `page`: of one page. */
export function turned(
  { deltaX, deltaY, deltaMode }: WheelTurn,
  page: number,
): { readonly x: number; readonly y: number } {
  const unit = deltaMode === 0 ? 1 : deltaMode === 1 ? LINE : page;
  return { x: deltaX * unit, y: deltaY * unit };
}

/** How much larger things become where a wheel that zooms turned by so many CSS pixels. */
export const zoomOfTurn = (y: number): number =>
  Math.exp(-Math.min(MOST_ZOOM_PIXELS, Math.max(-MOST_ZOOM_PIXELS, y)) * ZOOM_PER_PIXEL);

/** Turning pans; with Ctrl or ⌘ held, or pinching on a trackpad, it zooms about the pointer. */
export function wheeled(camera: Camera, turn: WheelTurn, size: Size, x: number, y: number): Camera {
  const { x: dx, y: dy } = turned(turn, size.height);
  if (turn.ctrlKey || turn.metaKey) return zoomedBy(camera, zoomOfTurn(dy), x, y);
  // A wheel has one direction: Shift turns it.
  return turn.shiftKey && dx === 0 ? panned(camera, -dy, 0) : panned(camera, -dx, -dy);
}
