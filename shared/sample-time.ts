// When samples were drawn, read from their packed form without unpacking the rest.

import { readVarint, type Samples } from './samples.ts';
import type { RecordedEvent } from './event.ts';

/** The samples that an event adds to a stroke. */
export const samplesOf = (event: RecordedEvent['event']): Samples | null =>
  event.type === 'StrokeStarted' || event.type === 'StrokeExtended' ? event.samples : null;

/** How long a run of samples took, in ms: the sum of their dt. */
export function durationOf(samples: Samples): number {
  let duration = 0;
  walkTimes(samples, (dt) => {
    duration += dt;
    return true;
  });
  return duration;
}

/** The first samples of a run, those drawn within `ms` of its beginning; the run itself when that is all of them. */
export function samplesWithin(samples: Samples, ms: number): Samples {
  let time = 0;
  const end = walkTimes(samples, (dt) => {
    time += dt;
    return time <= ms;
  });
  return end === samples.length ? samples : (samples.subarray(0, end) as Samples);
}

/** Calls `visit` with each sample's dt while it says true. Returns the offset of the sample that it refused, or the end. */
function walkTimes(bytes: Samples, visit: (dt: number) => boolean): number {
  const reader = { bytes, offset: 0 };
  while (reader.offset < bytes.length) {
    const start = reader.offset;
    for (let skipped = 0; skipped < 3; skipped++) readVarint(reader);
    const gap = readVarint(reader);
    if (gap < 0) for (let skipped = 0; skipped < 2; skipped++) readVarint(reader);
    if (!visit(gap < 0 ? -1 - gap : gap)) return start;
  }
  return bytes.length;
}
