// Boards on which people do anything to anything: every kind of shape, every word of a style, every act that changes
// what is seen. The same seed gives the same commits, byte for byte. Every command goes through `decide`.

import { authorWith, type Board, emptyBoard, fold } from '../board.ts';
import { type Color, paletteColors } from '../color.ts';
import type { Command } from '../command.ts';
import { type CommandAuthor, decide } from '../decide.ts';
import type { Commit, PointerKind } from '../event.ts';
import { type Box, heightOf, type Position, widthOf } from '../geometry.ts';
import { clientId, type ImageId, type ParticipantId, type ShapeId } from '../ids.ts';
import { type Matrix, rotation, scaling, translation } from '../matrix.ts';
import { record, recordCreation } from '../record.ts';
import { type Nib, NIB_AT_ORIGIN, packSamples, type Sample, type Samples } from '../samples.ts';
import type { Settings } from '../settings.ts';
import { kindOf, kinds } from '../shapes/kinds.ts';
import { isInk, type KindName, type Shape } from '../shapes/shape.ts';
import { stackedShapes } from '../shapes/stack.ts';
import type { Style } from '../style.ts';
import { pick, seededRandom, wholeBetween } from './random.ts';
import { piecesOf } from './pieces.ts';

/** Where most of it lies, in board units. */
export const DRAWN_SHEET: Box = { minX: 0, minY: 0, maxX: 900, maxY: 560 };

export interface DrawingOptions {
  readonly seed: number;
  /** How often somebody does something. */
  readonly acts: number;
  /** Of images that are put on the board. */
  readonly images?: readonly ImageId[];
}

const START = Date.UTC(2026, 2, 2, 9, 30);
const PRECISION = 3;
const inkKinds = ['pen', 'highlighter'] as const satisfies readonly KindName[];
/** With more frames, which are worth their while only with something in them. */
const placedKinds = [
  ...(Object.keys(kinds) as KindName[]).filter((kind) => !isInk({ kind })),
  'frame',
  'frame',
] as const;
const pointers: readonly PointerKind[] = ['mouse', 'pen', 'touch'];

/** With pairs that kerning would draw together, letters that ligatures would join, and other alphabets. */
const texts = [
  'AVATAR To We, Yo. LT Ty',
  'office fjord ->x ffi www',
  'Ein längerer Text, der über mehrere Zeilen geht, wo er keinen Platz hat',
  'Zeile\nund noch eine\n\nund die letzte',
  'Привет, мир',
  'Ďěčín, żółw',
  'Incomprehensibilities',
  'a',
];

type Random = () => number;

interface Person extends CommandAuthor {
  commands: number;
  /** Where the pen is, while it is down. */
  nib: Nib | null;
  at: Position;
  /** What they did last was to undo. */
  undid: boolean;
}

/** The commits of a board, from its creation on. */
export function randomDrawing({ seed, acts, images = [] }: DrawingOptions): Commit[] {
  const random = seededRandom(seed);
  const people = ['Ada', 'Bram', 'Cleo'].map((name): Person => ({
    client: clientId(name.padEnd(12, '_') as ParticipantId, 1),
    name,
    color: 'blue',
    role: 'editor',
    commands: 0,
    nib: null,
    at: { x: 0, y: 0 },
    undid: false,
  }));
  const commits = [recordCreation({ type: 'BoardCreated', title: `Seed ${seed}`, access: 'edit' }, START)];
  let board = fold(emptyBoard, commits[0]?.events ?? []);
  let at = START;
  for (let act = 0; act < acts; act++) {
    const person = pick(random, people);
    const command = nextCommand(random, board, person, images);
    at += wholeBetween(random, 1, 200);
    person.undid = command.type === 'Undo';
    person.commands++;
    const decision = decide(board, command, person);
    if (!('events' in decision) || decision.events.length === 0) continue;
    const events = record(board, person.client, person.commands, decision.events, at);
    commits.push({ after: board.revision, at, events });
    board = fold(board, events);
  }
  return commits;
}

function nextCommand(random: Random, board: Board, person: Person, images: readonly ImageId[]): Command {
  if (person.nib && random() < 0.85) return extend(random, person, person.nib);
  if (person.nib) {
    person.nib = null;
    return { type: 'EndStroke' };
  }
  if (person.undid && random() < 0.4) return { type: 'Redo' };
  const gesture = (authorWith(board, person.client)?.gesture ?? 0) + 1;
  const stack = stackedShapes(board).filter(({ open }) => !open);
  const dice = random();
  if (stack.length < 4 || dice < 0.2) return start(random, person, gesture);
  if (dice < 0.42) return place(random, gesture, images);
  if (dice < 0.58) return move(random, gesture, stack);
  if (dice < 0.76) return change(random, gesture, stack);
  if (dice < 0.8) return { type: 'EraseShapes', gesture, shapes: some(random, stack, 2) };
  if (dice < 0.86) return cut(random, gesture, stack);
  if (dice < 0.92) return hold(random, gesture, stack);
  return { type: 'Undo' };
}

const somewhere = (random: Random): Position => ({
  x: wholeBetween(random, DRAWN_SHEET.minX, DRAWN_SHEET.maxX),
  y: wholeBetween(random, DRAWN_SHEET.minY, DRAWN_SHEET.maxY),
});

const some = (random: Random, stack: readonly Shape[], most: number): ShapeId[] =>
  Array.from({ length: wholeBetween(random, 1, most) }, () => pick(random, stack).id);

function start(random: Random, person: Person, number: number): Command {
  person.at = somewhere(random);
  const { samples, nib } = packSamples([{ ...person.at, pressure: random(), dt: 0 }], PRECISION, NIB_AT_ORIGIN);
  person.nib = nib;
  const kind = pick(random, inkKinds);
  const pointer = pick(random, pointers);
  return { type: 'StartStroke', number, kind, style: anyStyle(random), pointer, precision: PRECISION, samples };
}

function extend(random: Random, person: Person, before: Nib): Command {
  const heading = random() * 2 * Math.PI;
  const run = Array.from({ length: wholeBetween(random, 1, 12) }, (_, i): Sample => {
    const turn = heading + i * (random() - 0.3);
    person.at = { x: person.at.x + 9 * Math.cos(turn), y: person.at.y + 9 * Math.sin(turn) };
    return { ...person.at, pressure: random(), dt: wholeBetween(random, 2, 20) };
  });
  const { samples, nib } = packSamples(run, PRECISION, before);
  person.nib = nib;
  return { type: 'ExtendStroke', samples };
}

function place(random: Random, gesture: number, images: readonly ImageId[]): Command {
  const kind = pick(random, placedKinds);
  const from = somewhere(random);
  // A click makes a text as wide as its longest line.
  const clicked = kind === 'text' && random() < 0.5;
  const [width, height] = clicked ? [0, 0] : [wholeBetween(random, -20, 260), wholeBetween(random, -20, 180)];
  const room = kind === 'frame' ? 180 : 0;
  const text = kind === 'text' || random() < 0.4 ? { text: pick(random, texts) } : {};
  const image = kind === 'image' && images.length > 0 ? { image: pick(random, images) } : {};
  return {
    type: 'PlaceShape',
    gesture,
    number: gesture + 1,
    kind,
    style: anyStyle(random),
    pointer: pick(random, pointers),
    precision: PRECISION,
    samples: corners(from, { x: from.x + width + room, y: from.y + height + room }),
    settings: { ...text, ...image },
  };
}

const corners = (...ends: readonly Position[]): Samples =>
  packSamples(
    ends.map(({ x, y }) => ({ x, y, pressure: 0.5, dt: 8 })),
    PRECISION,
    NIB_AT_ORIGIN,
  ).samples;

const middleOf = (shape: Shape): Position => {
  const { minX, minY, maxX, maxY } = kindOf(shape).bounds(shape);
  return { x: (minX + maxX) / 2, y: (minY + maxY) / 2 };
};

/** Somewhere else, turned, stretched or mirrored; what grew large becomes smaller. */
function move(random: Random, gesture: number, stack: readonly Shape[]): Command {
  const shapes = some(random, stack, 3);
  const first = stack.find(({ id }) => id === shapes[0]) as Shape;
  const about = middleOf(first);
  const bounds = kindOf(first).bounds(first);
  const isLarge = Math.max(widthOf(bounds), heightOf(bounds)) > 400;
  const to = somewhere(random);
  const matrix = pick<() => Matrix>(random, [
    () => translation(to.x - about.x, to.y - about.y),
    () => translation(wholeBetween(random, -80, 80) / 8, wholeBetween(random, -80, 80) / 8),
    () => rotation(random() * 2 * Math.PI, about),
    () => scaling(0.5 + random(), 0.5 + random(), about),
    () => pick(random, [scaling(-1, 1, about), scaling(1, -1, about)]),
  ])();
  return { type: 'MoveShapes', gesture, shapes, matrix: isLarge ? scaling(0.5, 0.5, about) : matrix };
}

function change(random: Random, gesture: number, stack: readonly Shape[]): Command {
  const front = stack.at(-1)?.z ?? 0;
  const back = stack[0]?.z ?? 0;
  const settings = pick<() => Settings>(random, [
    () => anyStyle(random),
    () => ({ z: pick(random, [front + 1, back - 1, back + (front - back) * random()]) }),
    () => ({ text: random() < 0.2 ? '' : pick(random, texts) }),
    () => ({ locked: random() < 0.3 }),
    () => ({ group: random() < 0.3 ? '' : pick(random, stack).id }),
    () => ({ link: 'https://example.org/', alt: 'A <thing> & more' }),
  ])();
  return { type: 'ChangeShapes', gesture, shapes: some(random, stack, 3), settings: [settings] };
}

/** A line takes hold of something, lets go, or ends elsewhere. */
function hold(random: Random, gesture: number, stack: readonly Shape[]): Command {
  const lines = stack.filter(({ kind }) => kind === 'line' || kind === 'arrow');
  const [from, to] = [somewhere(random), somewhere(random)];
  const settings = pick<Settings>(random, [
    { from: pick(random, stack).id },
    { from: pick(random, stack).id, to: pick(random, stack).id },
    { to: '' },
    { ends: [from.x, from.y, to.x, to.y] },
  ]);
  return { type: 'ChangeShapes', gesture, shapes: lines.slice(-3).map(({ id }) => id), settings: [settings] };
}

/** What an eraser leaves of a stroke: all between some places on it. */
function cut(random: Random, gesture: number, stack: readonly Shape[]): Command {
  const stroke = pick(random, stack.filter(isInk).length > 0 ? stack.filter(isInk) : stack);
  const cuts = Array.from({ length: 2 * wholeBetween(random, 0, 2) }, random);
  return { type: 'CutStroke', gesture, shape: stroke.id, pieces: piecesOf(stroke.ink.count, gesture, cuts) };
}

const looks: readonly ((random: Random) => Partial<Style>)[] = [
  (random) => ({ fill: pick(random, ['none', 'tint', 'solid'] as const) }),
  (random) => ({ dash: pick(random, ['solid', 'dashed', 'dotted'] as const) }),
  (random) => ({ opacity: wholeBetween(random, 1, 20) / 20 }),
  (random) => ({ corners: pick(random, ['sharp', 'round'] as const) }),
  (random) => ({ bend: pick(random, ['straight', 'curved', 'elbow'] as const) }),
  (random) => ({ heads: pick(random, ['none', 'end', 'both'] as const) }),
  (random) => ({ size: pick(random, [10, 14, 20, 28.5, 48]) }),
  (random) => ({ family: pick(random, ['sans', 'serif', 'mono', 'hand'] as const) }),
  (random) => ({ weight: pick(random, ['normal', 'bold'] as const) }),
  (random) => ({ align: pick(random, ['left', 'centre', 'right'] as const) }),
  (random) => ({ smoothing: wholeBetween(random, 0, 20) / 20 }),
];

function anyStyle(random: Random): Style {
  const hex = wholeBetween(random, 0, 0xffffff).toString(16).padStart(6, '0');
  const color: Color = random() < 0.8 ? pick(random, paletteColors) : `#${hex}`;
  const style = { color, width: pick(random, [0.5, 1, 2, 4, 8, 16, 30]) };
  const chosen = looks.filter(() => random() < 0.4);
  return Object.assign(style, ...chosen.map((look) => look(random)));
}
