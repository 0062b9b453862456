// Commits written by hand, for tests that are about time and not about rules.

import type { BoardEvent, Commit, RecordedEvent } from '../event.ts';
import { type AuthorNumber, clientId, type Millis, type ParticipantId, type Revision } from '../ids.ts';
import { NIB_AT_ORIGIN, packSamples, type Samples } from '../samples.ts';

export const TEST_PRECISION = 3;

export const testClient = (author: AuthorNumber) =>
  clientId(`tester${String(author).padStart(6, '0')}` as ParticipantId, 1);

export const joined = (author: AuthorNumber): BoardEvent => ({
  type: 'AuthorJoined',
  client: testClient(author),
  name: `Tester ${author}`,
  color: 'blue',
});

/** Samples that go right by one unit each, with these ms before each. */
export const samplesAfter = (...dts: number[]): Samples =>
  packSamples(
    dts.map((dt, i) => ({ x: i + 1, y: 0, pressure: 0.5, dt })),
    TEST_PRECISION,
    NIB_AT_ORIGIN,
  ).samples;

export const strokeStarted = (number: number, samples: Samples): BoardEvent => ({
  type: 'StrokeStarted',
  number,
  kind: 'pen',
  style: { color: 'ink', width: 4 },
  pointer: 'pen',
  precision: TEST_PRECISION,
  samples,
});

export const strokeExtended = (samples: Samples): BoardEvent => ({ type: 'StrokeExtended', samples });
export const strokeEnded: BoardEvent = { type: 'StrokeEnded' };

/** A commit of events by their authors. */
export const commitOf = (
  after: Revision,
  at: Millis,
  ...events: readonly (readonly [AuthorNumber, BoardEvent])[]
): Commit => ({
  after,
  at,
  events: events.map(([by, event], i): RecordedEvent => ({ revision: after + 1 + i, at, by, settles: 0, event })),
});
