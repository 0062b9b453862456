import type { Millis } from '../../shared/ids.ts';
import type { Timeline } from '../../shared/timeline.ts';

/** Where instants lie along the strip: 0 at its beginning, 1 at the present it was made in, more after that. */
export interface Scale {
  fractionOf(at: Millis): number;
  timeAt(fraction: number): Millis;
  /** Place of so many ms from the beginning, as `Activity` counts. */
  fractionOfOffset(offset: number): number;
}

/**
 * The scale of a history of which the share `known` is here. What is known lies by its time, with long pauses folded
 * where they are skipped; the rest lies evenly, and its place is the share of events that it holds.
 * A scale stays as it is while the history grows.
 */
export function scaleOf(
  timeline: Timeline,
  skipIdle: boolean,
  known: number,
  span: { readonly from: Millis; readonly to: Millis },
): Scale {
  const pace = timeline.pace(skipIdle);
  const knownTo = timeline.length > 0 ? timeline.to : span.from;
  const length = Math.max(1, timeline.length > 0 ? pace.offsetOf(knownTo) : 0);
  const share = timeline.length > 0 ? known : 0;
  const rest = Math.max(1, span.to - knownTo);
  const fractionOfOffset = (offset: number): number => (offset / length) * share;
  return {
    fractionOf: (at) =>
      at <= knownTo || share === 1
        ? fractionOfOffset(pace.offsetOf(at))
        : share + ((at - knownTo) / rest) * (1 - share),
    timeAt: (fraction) =>
      fraction <= share && share > 0
        ? pace.timeAt((fraction / share) * length)
        : share < 1
          ? knownTo + ((fraction - share) / (1 - share)) * rest
          : knownTo,
    fractionOfOffset,
  };
}
