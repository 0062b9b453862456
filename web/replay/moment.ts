import type { Millis } from '../../shared/ids.ts';
import { clockTime, shortAgo } from '../ui/ago.ts';

/** "14:32:05, 12 min ago" */
export const momentText = (at: Millis, now: Millis): string => `${clockTime(at, now)}, ${shortAgo(at, now)}`;
