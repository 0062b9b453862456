import type { Board } from '../board.ts';
import { boxesMeet } from '../geometry.ts';
import { kindOf } from '../shapes/kinds.ts';
import type { Shape } from '../shapes/shape.ts';
import { stackedShapes } from '../shapes/stack.ts';
import type { ExportFormat } from './format.ts';
import { pointsOfInk } from '../wire/json-points.ts';
import { isoTime } from './iso-time.ts';

/** The board for programs to read: every number in board units, every shape by itself, from the back to the front. */
export const json = {
  name: 'JSON',
  extension: 'json',
  mediaType: 'application/json',

  write(board, { region }) {
    const shapes = stackedShapes(board).filter((shape) => !region || boxesMeet(kindOf(shape).bounds(shape), region));
    // One shape a line: readable, and a difference between two exports is a difference between lines.
    return `${JSON.stringify(headOf(board)).slice(0, -1)},"shapes":[${shapes.map((shape) => `\n${JSON.stringify(readable(shape))}`).join(',')}\n]}\n`;
  },
} as const satisfies ExportFormat;

const headOf = (board: Board): object => ({
  format: 'retrace-board',
  version: 1,
  title: board.title,
  revision: board.revision,
  createdAt: isoTime(board.createdAt),
  updatedAt: isoTime(board.at),
  authors: board.authors.map(({ client, name, color }, i) => ({ number: i + 1, client, name, color })),
});

/** `points` are [x, y, pressure 0 … 1, ms since the point before], and where a pen leans its tilt in degrees, x and y. */
const readable = (shape: Shape): object => ({
  id: shape.id,
  kind: shape.kind,
  author: shape.author,
  ...shape.style,
  ...shape.attributes,
  pointer: shape.pointer,
  z: shape.z,
  startedAt: isoTime(shape.startedAt),
  ...(shape.open ? { open: true } : {}),
  points: pointsOfInk(shape.ink),
});
