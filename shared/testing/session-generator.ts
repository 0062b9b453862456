// Sessions that look like real ones, for tests and benchmarks: several people draw, erase, undo and rest.
// The same options give the same commits, byte for byte. Every command goes through `decide`, as on a server.

import { authorWith, type Board, emptyBoard, fold } from '../board.ts';
import { type Color, paletteColors } from '../color.ts';
import type { Command } from '../command.ts';
import { type CommandAuthor, decide } from '../decide.ts';
import type { Commit, RecordedEvent } from '../event.ts';
import { clientId, type Millis, type ParticipantId, type ShapeId } from '../ids.ts';
import { translation } from '../matrix.ts';
import { valuesOf } from '../persistent-map.ts';
import { record, recordCreation } from '../record.ts';
import { type Nib, NIB_AT_ORIGIN, packSamples, type Sample } from '../samples.ts';
import { isInk, type Shape } from '../shapes/shape.ts';
import { pick, seededRandom, wholeBetween } from './random.ts';

export interface SessionOptions {
  readonly seed: number;
  /** People on the board. */
  readonly authors: number;
  /** The session ends with the first commit that reaches so many events. */
  readonly events: number;
  /** When the board was made. */
  readonly from?: Millis;
  /** How likely somebody who ends a stroke begins a long pause: 0 … 1. */
  readonly idle?: number;
  /** Whether people also move, write and cut. */
  readonly things?: boolean;
}

/** Between two commits, in ms: about a frame. */
const TICK = 16;
const PRECISION = 3;
const names = ['Ada', 'Bram', 'Cleo', 'Dario', 'Edda', 'Femi', 'Gwen', 'Hugo', 'Ines', 'Jomo'];

export const SESSION_START: Millis = Date.UTC(2026, 2, 2, 9, 30);

/** The commits of a session, from the creation of the board on. */
export function generateSession(options: SessionOptions): Commit[] {
  const { seed, authors, events, from = SESSION_START, idle = 0.02, things = false } = options;
  const random = seededRandom(seed);
  const people = Array.from({ length: authors }, (_, i) => createPerson(i, random, things));
  const commits = [recordCreation({ type: 'BoardCreated', title: 'Session', access: 'edit' }, from)];
  let board = fold(emptyBoard, commits[0]?.events ?? []);
  let at = from;
  while (board.revision < events) {
    at += TICK + wholeBetween(random, 0, 3);
    // A pause of all: minutes to hours, as between two meetings.
    if (people.every((person) => !person.pen) && random() < idle) at += wholeBetween(random, 6_000, 3_600_000);
    const recorded: RecordedEvent[] = [];
    for (const person of people) {
      for (const command of person.act(board, random)) {
        person.commands++;
        const decision = decide(board, command, person);
        if (!('events' in decision) || decision.events.length === 0) continue;
        const news = record(board, person.client, person.commands, decision.events, at);
        board = fold(board, news);
        recorded.push(...news);
      }
    }
    if (recorded.length > 0) commits.push({ after: board.revision - recorded.length, at, events: recorded });
  }
  return commits;
}

interface Person extends CommandAuthor {
  commands: number;
  pen: Pen | null;
  act(board: Board, random: () => number): Command[];
}

/** A hand that is drawing: a curve that wanders to the right, as writing does. */
interface Pen {
  nib: Nib;
  x: number;
  y: number;
  heading: number;
  left: number;
}

function createPerson(index: number, random: () => number, things: boolean): Person {
  const participant = `person${String(index).padStart(6, '0')}` as ParticipantId;
  /** Ticks to rest before the next gesture. */
  let rest = wholeBetween(random, 1, 60);
  let home = { x: (index % 5) * 900, y: Math.floor(index / 5) * 700 };
  return {
    client: clientId(participant, 1),
    name: names[index % names.length] ?? 'Guest',
    color: paletteColors[2 + (index % (paletteColors.length - 2))] as Color,
    role: 'editor',
    commands: 0,
    pen: null,
    act(board, random) {
      if (this.pen) return goOn(this, this.pen, random);
      if (rest-- > 0) return [];
      rest = random() < 0.1 ? wholeBetween(random, 60, 300) : wholeBetween(random, 4, 25);
      const choice = random();
      if (choice < 0.05) return [{ type: 'Undo' }];
      if (choice < 0.07) return [{ type: 'Redo' }];
      const number = (authorWith(board, this.client)?.gesture ?? 0) + 1;
      if (choice < 0.13) return erase(board, number, random);
      if (things && choice < 0.3) return thing(board, number, random);
      home = nextPlace(home, random);
      return start(this, number, home, random);
    },
  };
}

function nextPlace(home: { x: number; y: number }, random: () => number): { x: number; y: number } {
  return random() < 0.08
    ? { x: wholeBetween(random, -3_000, 3_000), y: wholeBetween(random, -2_000, 2_000) }
    : { x: home.x + wholeBetween(random, 5, 60), y: home.y + wholeBetween(random, -8, 8) };
}

function start(person: Person, number: number, home: { x: number; y: number }, random: () => number): Command[] {
  const pen = { nib: NIB_AT_ORIGIN, ...home, heading: random() * 2 * Math.PI, left: wholeBetween(random, 3, 60) };
  const first = { x: pen.x, y: pen.y, pressure: 0.2, dt: 0 };
  const { samples, nib } = packSamples([first], PRECISION, pen.nib);
  person.pen = { ...pen, nib };
  const style = { color: person.color, width: pick(random, [2, 4, 8]) };
  return [{ type: 'StartStroke', number, kind: 'pen', style, pointer: 'pen', precision: PRECISION, samples }];
}

function goOn(person: Person, pen: Pen, random: () => number): Command[] {
  if (pen.left-- <= 0) {
    person.pen = null;
    return [{ type: 'EndStroke' }];
  }
  const run: Sample[] = [];
  for (let i = 0; i < 2; i++) {
    pen.heading += (random() - 0.5) * 1.2;
    pen.x += Math.cos(pen.heading) * 6 + 1;
    pen.y += Math.sin(pen.heading) * 6;
    run.push({ x: pen.x, y: pen.y, pressure: 0.4 + random() * 0.4, dt: 8 });
  }
  const { samples, nib } = packSamples(run, PRECISION, pen.nib);
  pen.nib = nib;
  return [{ type: 'ExtendStroke', samples }];
}

function erase(board: Board, gesture: number, random: () => number): Command[] {
  const shapes: ShapeId[] = [];
  const most = wholeBetween(random, 1, 3);
  for (const shape of valuesOf(board.shapes)) {
    if (shapes.length === most) break;
    if (!shape.open) shapes.push(shape.id);
  }
  return shapes.length > 0 ? [{ type: 'EraseShapes', gesture, shapes }] : [];
}

/** Moves, writes or cuts. */
function thing(board: Board, gesture: number, random: () => number): Command[] {
  const some: Shape[] = [];
  for (const shape of valuesOf(board.shapes)) {
    if (some.length === 4) break;
    if (!shape.open) some.push(shape);
  }
  const choice = random();
  const stroke = some.find(isInk);
  if (choice < 0.4) {
    const matrix = translation(wholeBetween(random, -200, 200), wholeBetween(random, -200, 200));
    return [{ type: 'MoveShapes', gesture, shapes: some.map(({ id }) => id), matrix }];
  }
  if (choice < 0.7 && stroke && stroke.ink.count > 4) {
    const end = stroke.ink.count - 1;
    const pieces = [
      { number: gesture + 1, from: 0, to: end * 0.4 },
      { number: gesture + 2, from: end * 0.6, to: end },
    ];
    return [{ type: 'CutStroke', gesture, shape: stroke.id, pieces }];
  }
  const at = { x: wholeBetween(random, -3_000, 3_000), y: wholeBetween(random, -2_000, 2_000), pressure: 0.5, dt: 0 };
  const { samples } = packSamples([at], PRECISION, NIB_AT_ORIGIN);
  const settings = { text: `Note ${wholeBetween(random, 1, 999)}` };
  const style = { color: 'ink', width: 2, size: 24 } as const;
  const placed = { gesture, number: gesture + 1, kind: 'text', style, pointer: 'mouse', precision: PRECISION } as const;
  return [{ type: 'PlaceShape', ...placed, samples, settings }];
}
