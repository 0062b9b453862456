import type { Millis } from '../../shared/ids.ts';
import type { Timeline } from '../../shared/timeline.ts';

/** Where instants lie along the strip: 0 at its beginning, 1 at its end. */
export interface Scale {
  fractionOf(at: Millis): number;
  timeAt(fraction: number): Millis;
  /** Place of so many ms from the beginning, as `Activity` counts, and back. */
  fractionOfOffset(offset: number): number;
  offsetAt(fraction: number): number;
  /** ms of playing time from 0 to 1. */
  readonly length: number;
  /** Places of the beginning of all and of the present it was made in: 0 and 1 where the strip shows all. */
  readonly start: number;
  readonly end: number;
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
    offsetAt: (fraction) => (share > 0 ? (fraction / share) * length : 0),
    length: share > 0 ? length / share : rest,
    start: 0,
    end: 1,
  };
}

/** A part of a scale, as fractions of it. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

export const wholePart: Part = { from: 0, to: 1 };

export const widthOf = ({ from, to }: Part): number => to - from;

/** The scale of a part: 0 and 1 are its ends, what is before and behind it lies beyond them. */
export function scaleWithin(scale: Scale, part: Part): Scale {
  const width = widthOf(part);
  const inner = (fraction: number): number => (fraction - part.from) / width;
  const outer = (fraction: number): number => part.from + fraction * width;
  return {
    fractionOf: (at) => inner(scale.fractionOf(at)),
    timeAt: (fraction) => scale.timeAt(outer(fraction)),
    fractionOfOffset: (offset) => inner(scale.fractionOfOffset(offset)),
    offsetAt: (fraction) => scale.offsetAt(outer(fraction)),
    length: scale.length * width,
    start: inner(scale.start),
    end: inner(scale.end),
  };
}

/** The part of that width, or as near as it may be, that lies within the whole. */
export function partFrom(from: number, width: number, least: number): Part {
  const fit = Math.min(1, Math.max(least, width));
  const start = Math.min(1 - fit, Math.max(0, from));
  return { from: start, to: start + fit };
}

/** What is seen when a part becomes `factor` times as wide about the place in it, 0 … 1, that stays where it is. */
export function partAbout(part: Part, place: number, factor: number, least: number): Part {
  const width = Math.min(1, Math.max(least, widthOf(part) * factor));
  return partFrom(part.from + place * widthOf(part) - place * width, width, least);
}
