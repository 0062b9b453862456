// Strokes of a pen that leans, one of them copied, one cut. In the other recordings that are frozen nothing leans: they
// are what a history looked like before tilts were kept.

import type { BoardEvent, Commit } from '../event.ts';
import { type Millis, shapeId } from '../ids.ts';
import { NIB_AT_ORIGIN, packSamples, type Sample } from '../samples.ts';
import { commitOf, joined, strokeEnded, strokeExtended, strokeStarted, TEST_PRECISION, testClient } from './commits.ts';

const START: Millis = Date.UTC(2026, 10, 28);
const STROKES = 12;
const [COPIED, CUT] = [2, 3];

/** Five samples: two that lean alike, one that leans otherwise, an upright one, and one that leans again. */
const handOf = (stroke: number): readonly Sample[] =>
  [0, 1, 2, 3, 4].map((i) => ({
    x: 20 * stroke + 3 * i,
    y: i % 2,
    pressure: i / 4,
    dt: 8,
    ...(i === 3 ? {} : { tilt: { x: 15 * stroke - 90, y: i < 2 ? -20 : 90 - stroke } }),
  }));

function strokeOf(number: number): BoardEvent[] {
  const hand = handOf(number);
  const first = packSamples(hand.slice(0, 2), TEST_PRECISION, NIB_AT_ORIGIN);
  const second = packSamples(hand.slice(2), TEST_PRECISION, first.nib);
  return [strokeStarted(number, first.samples), strokeExtended(second.samples), strokeEnded];
}

const copied: BoardEvent = {
  type: 'ShapePlaced',
  gesture: STROKES + 1,
  number: STROKES + 2,
  kind: 'pen',
  style: { color: 'red', width: 2 },
  pointer: 'pen',
  precision: TEST_PRECISION,
  samples: packSamples(handOf(COPIED), TEST_PRECISION, NIB_AT_ORIGIN).samples,
  settings: {},
};

const cut: BoardEvent = {
  type: 'StrokeCut',
  gesture: STROKES + 3,
  shape: shapeId(testClient(1), CUT),
  pieces: [
    { number: STROKES + 4, from: 0, to: 1.5 },
    { number: STROKES + 5, from: 2.25, to: 4 },
  ],
};

export function leaning(): Commit[] {
  const strokes = Array.from({ length: STROKES }, (_, i) => strokeOf(i + 1)).flat();
  const drawn = [joined(1), ...strokes, copied, cut].map((event) => [1, event] as const);
  return [
    commitOf(0, START, [0, { type: 'BoardCreated', title: 'Leaning', access: 'edit' }]),
    commitOf(1, START + 1000, ...drawn),
  ];
}
