import type { BoardEvent } from '../event.ts';
import { MAX_SHAPES } from '../limits.ts';
import { list, optional } from './field.ts';
import {
  allSamples,
  access,
  board,
  client,
  color,
  count,
  furtherSamples,
  keyHash,
  kind,
  millis,
  name,
  openingSamples,
  ordinal,
  pointer,
  precision,
  shape,
  step,
  title,
} from './fields.ts';
import { pieces, settingsList } from './shape-fields.ts';
import { type Rows, rows } from './rows.ts';
import { matrix, settings, style } from './style-fields.ts';

/** What turns round a long gesture of the eraser names all its shapes at once. */
const shapes = list(shape, MAX_SHAPES);

/** Also the format of the log: a row that was released never changes, but may become an earlier form of its type. */
export const eventRows: Rows<BoardEvent> = rows<BoardEvent>({
  BoardCreated: [0, { title, access, editKeyHash: optional(keyHash), viewKeyHash: optional(keyHash) }],
  BoardRenamed: [1, { title }],
  AuthorJoined: [2, { client, name, color }],
  AuthorChanged: [3, { name, color }],
  StrokeStarted: [4, { number: ordinal, kind, style, pointer, precision, samples: openingSamples }],
  StrokeExtended: [5, { samples: furtherSamples }],
  StrokeEnded: [6, {}],
  ShapesErased: [7, { gesture: ordinal, step, shapes }],
  ShapesRestored: [8, { gesture: ordinal, step, shapes }],
  ShapePlaced: [
    9,
    { gesture: ordinal, number: ordinal, kind, style, pointer, precision, samples: allSamples, settings },
  ],
  ShapesChanged: [10, { gesture: ordinal, step, shapes, settings: settingsList(MAX_SHAPES) }],
  ShapesMoved: [11, { gesture: ordinal, shapes, matrix }],
  StrokeCut: [12, { gesture: ordinal, shape, pieces }],
  BoardBranched: [13, { from: board, fromRevision: count, title }],
  MomentMarked: [14, { moment: millis, name: title }],
  MomentUnmarked: [15, { mark: count }],
});
