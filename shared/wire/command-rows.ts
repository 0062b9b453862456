import type { Command } from '../command.ts';
import { MAX_SHAPES_PER_COMMAND } from '../limits.ts';
import { list } from './field.ts';
import {
  allSamples,
  color,
  count,
  furtherSamples,
  kind,
  millis,
  name,
  openingSamples,
  ordinal,
  pointer,
  precision,
  shape,
  title,
} from './fields.ts';
import { pieces, settingsList } from './shape-fields.ts';
import { type Rows, rows } from './rows.ts';
import { matrix, settings, style } from './style-fields.ts';

const shapes = list(shape, MAX_SHAPES_PER_COMMAND);

/** A command's tag is that of its message: below 16 are the messages that are no commands. */
export const commandRows: Rows<Command> = rows<Command>({
  StartStroke: [16, { number: ordinal, kind, style, pointer, precision, samples: openingSamples }],
  ExtendStroke: [17, { samples: furtherSamples }],
  EndStroke: [18, {}],
  EraseShapes: [19, { gesture: ordinal, shapes }],
  Undo: [20, {}],
  Redo: [21, {}],
  ChangeAuthor: [22, { name, color }],
  RenameBoard: [23, { title }],
  PlaceShape: [
    24,
    { gesture: ordinal, number: ordinal, kind, style, pointer, precision, samples: allSamples, settings },
  ],
  ChangeShapes: [25, { gesture: ordinal, shapes, settings: settingsList(MAX_SHAPES_PER_COMMAND) }],
  MoveShapes: [26, { gesture: ordinal, shapes, matrix }],
  CutStroke: [27, { gesture: ordinal, shape, pieces }],
  MarkMoment: [28, { moment: millis, name: title }],
  UnmarkMoment: [29, { mark: count }],
});
