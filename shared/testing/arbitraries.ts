// Random values for the laws of the whole project, valid unless they say otherwise. For tests only.

import fc, { type Arbitrary } from 'fast-check';
import { type Board, emptyBoard, evolve, fold } from '../board.ts';
import { type Color, paletteColors } from '../color.ts';
import type { Command } from '../command.ts';
import { type CommandAuthor, decide } from '../decide.ts';
import type { Commit, RecordedEvent, Style } from '../event.ts';
import { type ClientId, clientId, type Millis, type ParticipantId, type ShapeId, shapeId } from '../ids.ts';
import { MAX_NAME_LENGTH, MAX_PRECISION, MAX_TITLE_LENGTH, MAX_WIDTH, MIN_PRECISION } from '../limits.ts';
import { valuesOf } from '../persistent-map.ts';
import { record, recordCreation } from '../record.ts';
import { NIB_AT_ORIGIN, packSamples, type Sample, type Samples } from '../samples.ts';
import { cleanText } from '../text.ts';

export const anyName: Arbitrary<string> = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: MAX_NAME_LENGTH })
  .map((text) => cleanText(text, MAX_NAME_LENGTH) || 'Ann');
export const anyTitle: Arbitrary<string> = fc
  .string({ unit: 'grapheme', maxLength: MAX_TITLE_LENGTH })
  .map((text) => cleanText(text, MAX_TITLE_LENGTH));

export const anyColor: Arbitrary<Color> = fc.oneof(
  fc.constantFrom<Color>(...paletteColors),
  fc.integer({ min: 0, max: 0xffffff }).map((rgb): Color => `#${rgb.toString(16).padStart(6, '0')}`),
);

export const anyStyle: Arbitrary<Style> = fc.record({
  color: anyColor,
  width: fc.integer({ min: 1, max: MAX_WIDTH * 8 }).map((eighths) => eighths / 8),
});

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
    x: fc.double({ min: -reach, max: reach, noNaN: true }),
    y: fc.double({ min: -reach, max: reach, noNaN: true }),
    pressure: fc.double({ min: 0, max: 1, noNaN: true }),
    dt: fc.oneof({ weight: 9, arbitrary: fc.nat(40) }, { weight: 1, arbitrary: fc.nat(60_000) }),
  });

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
    path: fc
      .oneof(fc.constant(40), fc.constant(5_000), fc.constant(1_000_000))
      .chain((reach) => fc.array(anySample(reach), { minLength: 1, maxLength: 12 })),
  })
  .map(({ precision, path }) => ({ precision, samples: packSamples(path, precision, NIB_AT_ORIGIN).samples }));

const anyPointer = fc.constantFrom('mouse', 'pen', 'touch');

export const anyCommand: Arbitrary<Command> = fc.oneof(
  fc
    .record({ number: anyOrdinal, style: anyStyle, pointer: anyPointer, run: anyRun })
    .map(({ run, ...rest }): Command => ({ type: 'StartStroke', kind: 'pen', ...rest, ...run })),
  anyRun.map(({ samples }): Command => ({ type: 'ExtendStroke', samples })),
  fc.constantFrom<Command>({ type: 'EndStroke' }, { type: 'Undo' }, { type: 'Redo' }),
  fc
    .record({ gesture: anyOrdinal, shapes: fc.array(anyShapeId, { maxLength: 5 }) })
    .map((erase): Command => ({ type: 'EraseShapes', ...erase })),
  fc.record({ name: anyName, color: anyColor }).map((author): Command => ({ type: 'ChangeAuthor', ...author })),
  anyTitle.map((title): Command => ({ type: 'RenameBoard', title })),
);

/** A board with a name, and the commits that made it: three people drawing, erasing and undoing at once. */
export interface Session {
  readonly commits: readonly Commit[];
  readonly board: Board;
}

type Act =
  | { readonly what: 'ask'; readonly who: number; readonly command: Command }
  | { readonly what: 'draw'; readonly who: number; readonly run: Run; readonly style: Style }
  | { readonly what: 'erase'; readonly who: number; readonly again: boolean; readonly choice: number };

const anyAct: Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('draw' as const), who: fc.nat(2), run: anyRun, style: anyStyle }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('erase' as const),
      who: fc.nat(2),
      again: fc.boolean(),
      choice: fc.nat(),
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
    case 'draw':
      return { type: 'StartStroke', number: gesture + 1, kind: 'pen', pointer: 'pen', style: act.style, ...act.run };
    case 'erase': {
      const shapes = [...valuesOf(board.shapes)].map(({ id }) => id).filter((_, i) => (act.choice >> (i % 30)) & 1);
      return { type: 'EraseShapes', gesture: Math.max(1, gesture + (act.again ? 0 : 1)), shapes };
    }
  }
}
