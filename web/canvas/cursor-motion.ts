import type { Position } from '../../shared/geometry.ts';

/** ms in which a cursor goes most of the way (all but 1/e) to where it was last seen. */
const FOLLOW = 55;
/** ms without motion after which a cursor is out of the way. */
export const IDLE = 10_000;
/** Board units below which it has arrived. */
const ARRIVED = 0.05;

/** Somebody's cursor between the places that were heard of: a value, moved on by time. */
export interface CursorMotion {
  readonly shown: Position;
  readonly target: Position;
  /** When it was last told to move. */
  readonly movedAt: number;
  /** When `shown` was true. */
  readonly at: number;
}

export const cursorAt = (target: Position, now: number): CursorMotion => ({
  shown: target,
  target,
  movedAt: now,
  at: now,
});

export function cursorTo(motion: CursorMotion, target: Position, now: number): CursorMotion {
  if (target.x === motion.target.x && target.y === motion.target.y) return motion;
  // Coming back after a rest it appears where it is, or it would fly over the sheet.
  if (isIdle(motion, now)) return cursorAt(target, now);
  return { ...motion, target, movedAt: now, at: hasArrived(motion) ? now : motion.at };
}

/** `still`: this person wants no motion, and sees it jump. */
export function cursorMoved(motion: CursorMotion, now: number, still: boolean): CursorMotion {
  const share = still ? 1 : 1 - Math.exp(-Math.max(0, now - motion.at) / FOLLOW);
  const shown = {
    x: motion.shown.x + (motion.target.x - motion.shown.x) * share,
    y: motion.shown.y + (motion.target.y - motion.shown.y) * share,
  };
  const moved = { ...motion, shown, at: now };
  return hasArrived(moved) ? { ...moved, shown: motion.target } : moved;
}

export const hasArrived = ({ shown, target }: CursorMotion): boolean =>
  Math.abs(shown.x - target.x) <= ARRIVED && Math.abs(shown.y - target.y) <= ARRIVED;

export const isIdle = ({ movedAt }: CursorMotion, now: number): boolean => now - movedAt >= IDLE;
