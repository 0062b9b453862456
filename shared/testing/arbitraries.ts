// Random values for the laws of the whole project, valid unless they say otherwise. For tests only.

import fc, { type Arbitrary } from 'fast-check';
import { type Board, emptyBoard, evolve, fold } from '../board.ts';
import type { Command } from '../command.ts';
import { type CommandAuthor, decide } from '../decide.ts';
import type { Commit, RecordedEvent } from '../event.ts';
import { type ClientId, clientId, type Millis, type ParticipantId, type ShapeId, shapeId } from '../ids.ts';
import { MAX_NAME_LENGTH, MAX_PRECISION, MAX_TITLE_LENGTH, MIN_PRECISION } from '../limits.ts';
import type { Matrix } from '../matrix.ts';
import { valuesOf } from '../persistent-map.ts';
import type { Settings } from '../settings.ts';
import { record, recordCreation } from '../record.ts';
import { NIB_AT_ORIGIN, packSamples, type Sample, type Samples } from '../samples.ts';
import { isInk, type KindName } from '../shapes/shape.ts';
import type { Style } from '../style.ts';
import { cleanText } from '../text.ts';
import { piecesOf } from './pieces.ts';
import { anyBetween, anyColor, anyKind, anyMatrix, anySettings, anyStyle } from './shape-arbitraries.ts';

export const anyName: Arbitrary<string> = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: MAX_NAME_LENGTH })
  .map((text) => cleanText(text, MAX_NAME_LENGTH) || 'Ann');
export const anyTitle: Arbitrary<string> = fc
  .string({ unit: 'grapheme', maxLength: MAX_TITLE_LENGTH })
  .map((text) => cleanText(text, MAX_TITLE_LENGTH));

export { anyColor, anyStyle };

const base64url = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'];
export const base64urlOf = (minLength: number, maxLength = minLength): Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...base64url), minLength, maxLength });

export const anyParticipant: Arbitrary<ParticipantId> = base64urlOf(12).map((text) => text as ParticipantId);
export const anyClient: Arbitrary<ClientId> = fc
  .tuple(anyParticipant, fc.integer({ min: 1, max: 999_999 }))
  .map(([participant, slot]) => clientId(participant, slot));
export const anyOrdinal: Arbitrary<number> = fc.oneof(
  fc.integer({ min: 1, max: 300 }),
  fc.integer({ min: 1, max: 999_999_999_999_999 }),
);
export const anyShapeId: Arbitrary<ShapeId> = fc
  .tuple(anyClient, anyOrdinal)
  .map(([client, number]) => shapeId(client, number));
export const anyMillis: Arbitrary<Millis> = fc.integer({ min: 1.6e12, max: 4e12 });
export const anyCount: Arbitrary<number> = fc.oneof(
  fc.nat(300),
  fc.nat(2 ** 31 - 1),
  fc.integer({ min: 0, max: 2 ** 50 }),
);

/** A hand's samples: mostly small steps, some leaps. */
const anySample = (reach: number): Arbitrary<Sample> =>
  fc.record({
    x: anyBetween(-reach, reach),
    y: anyBetween(-reach, reach),
    pressure: anyBetween(0, 1),
    dt: fc.oneof({ weight: 9, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(60_000) }),
  });

/** Most hands lean on nothing that tells. */
const leaning: Arbitrary<boolean> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);
const degrees = fc.integer({ min: -90, max: 90 });
const anyPath = (reach: number): Arbitrary<Sample[]> =>
  fc
    .tuple(
      leaning,
      fc.array(fc.tuple(anySample(reach), fc.record({ x: degrees, y: degrees })), { minLength: 1, maxLength: 12 }),
    )
    .map(([leans, path]) => path.map(([sample, tilt], i) => (leans && i % 3 !== 1 ? { ...sample, tilt } : sample)));

export const anyPrecision: Arbitrary<number> = fc.oneof(
  fc.constant(3),
  fc.integer({ min: MIN_PRECISION, max: MAX_PRECISION }),
);

export interface Run {
  readonly precision: number;
  readonly samples: Samples;
}

/** A stroke's first run, or one that goes on from wherever the pen is. */
export const anyRun: Arbitrary<Run> = fc
  .record({
    precision: anyPrecision,
    path: fc.oneof(fc.constant(40), fc.constant(5_000), fc.constant(1_000_000)).chain(anyPath),
  })
  .map(({ precision, path }) => ({ precision, samples: packSamples(path, precision, NIB_AT_ORIGIN).samples }));

const anyPointer = fc.constantFrom('mouse', 'pen', 'touch');

export const anyCommand: Arbitrary<Command> = fc.oneof(
  fc
    .record({ number: anyOrdinal, kind: anyKind, style: anyStyle, pointer: anyPointer, run: anyRun })
    .map(({ run, ...rest }): Command => ({ type: 'StartStroke', ...rest, ...run })),
  anyRun.map(({ samples }): Command => ({ type: 'ExtendStroke', samples })),
  fc.constantFrom<Command>({ type: 'EndStroke' }, { type: 'Undo' }, { type: 'Redo' }),
  fc
    .record({ gesture: anyOrdinal, shapes: fc.array(anyShapeId, { maxLength: 5 }) })
    .map((erase): Command => ({ type: 'EraseShapes', ...erase })),
  fc
    .record({
      gesture: anyOrdinal,
      number: anyOrdinal,
      kind: anyKind,
      style: anyStyle,
      pointer: anyPointer,
      run: anyRun,
      settings: anySettings,
    })
    .map(({ run, ...rest }): Command => ({ type: 'PlaceShape', ...rest, ...run })),
  fc
    .record({
      gesture: anyOrdinal,
      shapes: fc.array(anyShapeId, { maxLength: 5 }),
      settings: fc.array(anySettings, { maxLength: 5 }),
    })
    .map((change): Command => ({ type: 'ChangeShapes', ...change })),
  fc
    .record({ gesture: anyOrdinal, shapes: fc.array(anyShapeId, { maxLength: 5 }), matrix: anyMatrix })
    .map((move): Command => ({ type: 'MoveShapes', ...move })),
  fc
    .record({
      gesture: anyOrdinal,
      shape: anyShapeId,
      cuts: fc.array(anyBetween(0, 1), { maxLength: 6 }),
    })
    .map(({ cuts, ...rest }): Command => ({ type: 'CutStroke', ...rest, pieces: piecesOf(9, 10, cuts) })),
  fc.record({ name: anyName, color: anyColor }).map((author): Command => ({ type: 'ChangeAuthor', ...author })),
  anyTitle.map((title): Command => ({ type: 'RenameBoard', title })),
  fc.record({ moment: anyMillis, name: anyTitle }).map((mark): Command => ({ type: 'MarkMoment', ...mark })),
  fc.nat(60).map((mark): Command => ({ type: 'UnmarkMoment', mark })),
);

/** A board with a name, and the commits that made it: three people drawing, changing, erasing and undoing at once. */
export interface Session {
  readonly commits: readonly Commit[];
  readonly board: Board;
}

type Act =
  | { readonly what: 'ask'; readonly who: number; readonly command: Command }
  | { readonly what: 'draw'; readonly who: number; readonly run: Run; readonly style: Style; readonly kind: KindName }
  /** To some of what is there, in a new gesture or in the one before. */
  | ({ readonly what: 'touch'; readonly who: number; readonly again: boolean; readonly choice: number } & Touching)
  | { readonly what: 'turn'; readonly who: number; readonly command: Command };

interface Touching {
  readonly how: 'erase' | 'change' | 'move' | 'cut' | 'place';
  readonly settings: readonly Settings[];
  readonly by: Matrix;
  readonly cuts: readonly number[];
}

const anyAct: Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('draw' as const),
      who: fc.nat(2),
      run: anyRun,
      style: anyStyle,
      kind: anyKind,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('touch' as const),
      who: fc.nat(2),
      again: fc.boolean(),
      choice: fc.nat(),
      how: fc.constantFrom('erase' as const, 'change' as const, 'move' as const, 'cut' as const, 'place' as const),
      settings: fc.array(anySettings, { minLength: 1, maxLength: 3 }),
      by: anyMatrix,
      cuts: fc.array(anyBetween(0, 1), { maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('turn' as const),
      who: fc.nat(2),
      command: fc.constantFrom<Command>({ type: 'Undo' }, { type: 'Redo' }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('ask' as const), who: fc.nat(2), command: anyCommand }) },
);

/** All that happened is what `decide` let happen. */
export const anySession = (maxActs = 40): Arbitrary<Session> =>
  fc
    .record({
      authors: fc.uniqueArray(anyClient, { minLength: 3, maxLength: 3 }),
      title: anyTitle,
      keys: fc.option(base64urlOf(43)),
      acts: fc.array(fc.tuple(anyAct, fc.nat(3), fc.nat(500)), { maxLength: maxActs }),
    })
    .map(({ authors, title, keys, acts }) => play(authors, title, keys, acts));

function play(
  clients: readonly ClientId[],
  title: string,
  key: string | null,
  acts: readonly (readonly [Act, number, number])[],
): Session {
  let at = 1_760_000_000_000;
  const creation = recordCreation(
    { type: 'BoardCreated', title, access: 'edit', ...(key ? { editKeyHash: key } : {}) },
    at,
  );
  const commits = [creation];
  let board = fold(emptyBoard, creation.events);
  let events: RecordedEvent[] = [];
  const numbers = clients.map(() => 0);
  for (const [act, gathered, pause] of acts) {
    const author: CommandAuthor = { client: clients[act.who] as ClientId, name: 'Ann', color: 'red', role: 'editor' };
    const number = ((numbers[act.who] as number) += 1);
    const decision = decide(board, commandOf(act, board, author.client), author);
    if ('rejection' in decision) continue;
    const recorded = record(board, author.client, number, decision.events, at);
    board = recorded.reduce(evolve, board);
    events.push(...recorded);
    if (gathered > 0 || events.length === 0) continue;
    commits.push({ after: board.revision - events.length, at, events });
    events = [];
    at += pause;
  }
  if (events.length > 0) commits.push({ after: board.revision - events.length, at, events });
  return { commits, board };
}

function commandOf(act: Act, board: Board, client: ClientId): Command {
  const gesture = board.authors.find((author) => author.client === client)?.gesture ?? 0;
  switch (act.what) {
    case 'ask':
      return act.command;
    case 'turn':
      return act.command;
    case 'draw':
      return { type: 'StartStroke', number: gesture + 1, kind: act.kind, pointer: 'pen', style: act.style, ...act.run };
    case 'touch':
      return touching(act, board, Math.max(1, gesture + (act.again ? 0 : 1)), gesture);
  }
}

function touching(act: Act & { what: 'touch' }, board: Board, gesture: number, highest: number): Command {
  const all = [...valuesOf(board.shapes)];
  const shapes = all.map(({ id }) => id).filter((_, i) => (act.choice >> (i % 30)) & 1);
  const stroke = all.filter((shape) => isInk(shape) && !shape.open)[act.choice % 3];
  switch (act.how) {
    case 'erase':
      return { type: 'EraseShapes', gesture, shapes };
    case 'change':
      return {
        type: 'ChangeShapes',
        gesture,
        shapes,
        settings: act.settings.slice(0, act.choice % 2 || shapes.length),
      };
    case 'move':
      return { type: 'MoveShapes', gesture, shapes, matrix: act.by };
    case 'cut': {
      if (!stroke) return { type: 'EndStroke' };
      const pieces = piecesOf(stroke.ink.count, Math.max(gesture, highest), act.cuts);
      return { type: 'CutStroke', gesture, shape: stroke.id, pieces };
    }
    case 'place': {
      const { samples } = packSamples([{ x: 1, y: 2, pressure: 0.5, dt: 0 }], 3, NIB_AT_ORIGIN);
      return {
        type: 'PlaceShape',
        gesture,
        number: Math.max(gesture, highest) + 1,
        kind: 'note',
        style: { color: 'yellow', width: 2 },
        pointer: 'mouse',
        precision: 3,
        samples,
        settings: act.settings[0] ?? {},
      };
    }
  }
}
