// A short history with every event, every field of it, present and absent, and every word that a field can be. It is
// written as events and not as commands: what was recorded is read, whatever would be decided today.

import type { BoardEvent, Commit } from '../event.ts';
import { type BoardId, clientId, type ImageId, type Millis, type ParticipantId, shapeId } from '../ids.ts';
import { NIB_AT_ORIGIN, packSamples, type Sample, type Samples } from '../samples.ts';
import type { Settings } from '../settings.ts';
import { kinds } from '../shapes/kinds.ts';
import type { KindName } from '../shapes/shape.ts';
import type { Style } from '../style.ts';

const [ann, bo] = [clientId('annAnnannAnn' as ParticipantId, 1), clientId('bo_-bo_-bo_-' as ParticipantId, 999_999)];
const START: Millis = Date.UTC(2026, 0, 31, 23, 59, 59, 999);

const hand: readonly Sample[] = [
  { x: -3.25, y: 7.5, pressure: 0, dt: 0 },
  { x: 1_200.125, y: -900, pressure: 1, dt: 60_000 },
  { x: 1_200.25, y: -900, pressure: 0.5, dt: 8 },
];
const run = (precision: number, samples = hand): Samples => packSamples(samples, precision, NIB_AT_ORIGIN).samples;

const looks: readonly Style[] = [
  { color: 'ink', width: 0.125 },
  { color: '#00ff7f', width: 512, fill: 'none', dash: 'solid', opacity: 0.05, corners: 'sharp', bend: 'straight' },
  { color: 'red', width: 2, fill: 'tint', dash: 'dashed', opacity: 0.5, corners: 'round', bend: 'curved' },
  { color: 'yellow', width: 2, fill: 'solid', dash: 'dotted', opacity: 1, bend: 'elbow', heads: 'none', size: 0.125 },
  { color: 'blue', width: 2, heads: 'end', size: 48, family: 'sans', weight: 'normal', align: 'left', smoothing: 0 },
  { color: 'green', width: 2, heads: 'both', family: 'serif', weight: 'bold', align: 'centre', smoothing: 0.55 },
  { color: 'pink', width: 2, family: 'mono', align: 'right', smoothing: 1 },
  { color: 'violet', width: 2, family: 'hand' },
];

const attributes: readonly Settings[] = [
  { z: -12, transform: [1, 0, 0, 1, 40, -2.5], text: 'Zeile\nzwei 図', locked: true, group: shapeId(ann, 20) },
  {
    z: 7.625,
    transform: [0.5, 0.1, -0.1, 2, 0, 0],
    link: 'https://example.org/?a=b#c',
    alt: 'A sketch',
    from: shapeId(bo, 3),
    to: shapeId(ann, 900),
    ends: [1.5, -2, 3, 4],
    image: 'JIsPCahHz7vVnfUA8Y3yKXQJ1xqB_kV-0v1xXn5eYQE' as ImageId,
    locked: false,
  },
  { text: '', group: '', link: '', alt: '', image: '', from: '', to: '', ends: [], transform: [1, 0, 0, 1, 0, 0] },
];

const pointers = ['mouse', 'pen', 'touch'] as const;
const cycle = <T>(list: readonly T[], i: number): T => list[i % list.length] as T;
const steps = ['do', 'undo', 'redo'] as const;

const strokes: readonly BoardEvent[] = looks.flatMap((style, i): BoardEvent[] => {
  const precision = [-8, -1, 0, 3, 5, 8, 11, 12][i] as number;
  const kind = cycle(['pen', 'highlighter'] as const, i);
  const pointer = cycle(pointers, i);
  return [
    { type: 'StrokeStarted', number: i + 1, kind, style, pointer, precision, samples: run(precision) },
    { type: 'StrokeExtended', samples: run(precision, [{ x: 1, y: 1, pressure: 0, dt: 16 }]) },
    ...(i % 2 === 0 ? [{ type: 'StrokeEnded' } as const] : []),
  ];
});

const placed = (Object.keys(kinds) as KindName[]).map((kind, i): BoardEvent => ({
  type: 'ShapePlaced',
  gesture: 19,
  number: 20 + i,
  kind,
  style: cycle(looks, i),
  pointer: cycle(pointers, i),
  precision: 3,
  samples: run(3, hand.slice(0, 2)),
  settings: i === 0 ? {} : { ...cycle(looks, i), ...cycle(attributes, i) },
}));

const some = [shapeId(ann, 20), shapeId(ann, 21), shapeId(ann, 1)];
const turned = steps.flatMap((step): BoardEvent[] => [
  { type: 'ShapesErased', gesture: 40, step, shapes: some },
  { type: 'ShapesRestored', gesture: 40, step, shapes: some },
  { type: 'ShapesChanged', gesture: 41, step, shapes: some, settings: [attributes[0] as Settings] },
  { type: 'ShapesChanged', gesture: 42, step, shapes: some, settings: attributes },
]);

const others: readonly BoardEvent[] = [
  { type: 'ShapesMoved', gesture: 43, shapes: some, matrix: [1, 0, 0, 1, 2.5, 0] },
  { type: 'ShapesMoved', gesture: 43, shapes: some, matrix: [0, 1, -1, 0, 1e-3, 1e6] },
  {
    type: 'StrokeCut',
    gesture: 44,
    shape: shapeId(ann, 3),
    pieces: [
      { number: 45, from: 0, to: 0.75 },
      { number: 46, from: 1, to: 2.5 },
    ],
  },
  { type: 'StrokeCut', gesture: 47, shape: shapeId(ann, 5), pieces: [] },
  { type: 'AuthorChanged', name: 'Zoë', color: '#12ab00' },
  { type: 'BoardRenamed', title: '' },
  { type: 'MomentMarked', moment: START + 5, name: 'Entwurf' },
  { type: 'MomentMarked', moment: START + 1, name: 'Straße, 図, 🖍' },
  { type: 'MomentUnmarked', mark: 4 },
];

const created = [
  { type: 'BoardCreated', title: 'For all', access: 'edit' },
  { type: 'BoardCreated', title: 'To look at', access: 'view', editKeyHash: '-'.repeat(43) },
  {
    type: 'BoardCreated',
    title: 'Private',
    access: 'private',
    editKeyHash: 'e'.repeat(43),
    viewKeyHash: '_'.repeat(43),
  },
] as const;

/** The commits, of one event and of many. */
export function everyEvent(): Commit[] {
  const commits: Commit[] = [];
  let after = 0;
  const add = (by: number, settles: number, events: readonly BoardEvent[]): void => {
    const at = START + commits.length * 1_000_003;
    const recorded = events.map((event, i) => ({
      revision: after + 1 + i,
      at,
      by,
      settles: i === 0 ? settles : 0,
      event,
    }));
    commits.push({ after, at, events: recorded });
    after += events.length;
  };
  for (const event of created) add(0, 0, [event]);
  add(0, 0, [{ type: 'BoardBranched', from: 'AZaz09AZaz09AZaz' as BoardId, fromRevision: 2 ** 33, title: 'A branch' }]);
  add(1, 1, [{ type: 'AuthorJoined', client: ann, name: 'Ann', color: 'red' }, ...strokes]);
  add(2, 300, [{ type: 'AuthorJoined', client: bo, name: '🖍', color: '#ffffff' }]);
  for (const event of [...placed, ...turned]) add(1, 1, [event]);
  for (const event of others) add(1, 2 ** 20, [event]);
  return commits;
}
