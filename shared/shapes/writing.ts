// Kinds that are mostly their text.

import { type Box, boxOf, growBox, heightOf, unionOf, widthOf } from '../geometry.ts';
import { layOut, sizeOf } from '../letters/layout.ts';
import { mappedBox, scaleOf } from '../matrix.ts';
import { transformOf } from '../settings.ts';
import { type Style, usualStyle } from '../style.ts';
import { drawnBox, endsOf, frameOf, placedCorners } from './corners.ts';
import { polygon } from './figure.ts';
import { figureHit } from './figure-hit.ts';
import type { ShapeKind } from './kind.ts';
import { boxOfLetters, labelIn } from './label.ts';
import type { Figure, Letters, Path } from './path.ts';
import type { Shape } from './shape.ts';

/** A text that was begun with a click is as wide as its longest line; one narrower than this was. */
const LEAST_WIDTH = 16;
/** Of a sticky note, in board units. */
export const NOTE_MARGIN = 14;
export const NOTE_SIDE = 200;
/** How much of its colour a note has. */
const PAPER = 0.45;
const FRAME_NAME_SIZE = 14;
/** Of its border, in board units. */
const FRAME_WIDTH = 1.5;

const textOf = ({ attributes }: Shape): string => attributes.text ?? '';

/** The width that lines are broken at. */
export function lineWidth(shape: Shape): number {
  const width = widthOf(drawnBox(shape));
  return width >= LEAST_WIDTH ? width : Infinity;
}

/** The text's box as it was written, before it was moved or turned. */
export function textBox(shape: Shape): Box {
  const [from] = endsOf(shape);
  const box = drawnBox(shape);
  const wrapped = lineWidth(shape);
  const { width, height } = layOut(textOf(shape), shape.style, wrapped * 1.0001);
  const full = wrapped === Infinity ? Math.max(width, sizeOf(shape.style) / 4) : wrapped;
  return wrapped === Infinity ? boxOf(from.x, from.y, full, height) : boxOf(box.minX, box.minY, full, height);
}

/** The style at the size that the letters are shown at. */
function scaled(style: Style, scale: number): Style {
  return scale === 1 ? style : { ...style, size: sizeOf(style) * scale };
}

function lettersOf(shape: Shape): Letters {
  const scale = scaleOf(transformOf(shape));
  const frame = frameOf(shape, textBox(shape));
  return labelIn({
    text: textOf(shape),
    style: scaled(shape.style, scale),
    // Of lines that are broken nowhere, none may be broken for a rounded number.
    frame: { ...frame, width: frame.width * (1 + 1e-6) },
    margin: 0,
    align: shape.style.align ?? usualStyle.align,
    valign: 'top',
    tone: 'own',
  });
}

/** Letters on the sheet. */
export const text: ShapeKind = {
  name: 'text',
  code: 9,
  detail: () => 0,
  path: lettersOf,
  bounds: (shape) => unionOf(mappedBox(transformOf(shape), textBox(shape)), boxOfLetters(lettersOf(shape))),
  box: textBox,
  hit: (shape, x, y, radius) =>
    figureHit(polygon(placedCorners(shape, textBox(shape)), 0).build(shape.style, 1, 0), x, y, radius, true),
};

/** A note is as high as its text needs. */
export function noteBox(shape: Shape): Box {
  const box = drawnBox(shape);
  const width = Math.max(widthOf(box), 4 * NOTE_MARGIN);
  const { height } = layOut(textOf(shape), shape.style, width - 2 * NOTE_MARGIN);
  return boxOf(box.minX, box.minY, width, Math.max(heightOf(box), height + 2 * NOTE_MARGIN));
}

function noteLetters(shape: Shape): Letters {
  const scale = scaleOf(transformOf(shape));
  return labelIn({
    text: textOf(shape),
    style: scaled(shape.style, scale),
    frame: frameOf(shape, noteBox(shape)),
    margin: NOTE_MARGIN * scale,
    align: shape.style.align ?? 'centre',
    valign: 'middle',
    tone: 'ink',
  });
}

/** A sheet of coloured paper with text on it. */
export const note: ShapeKind = {
  name: 'note',
  code: 10,
  detail: () => 0,
  path(shape): Path {
    const scale = scaleOf(transformOf(shape));
    const paper = polygon(placedCorners(shape, noteBox(shape)), 4 * scale).build(shape.style, PAPER, 0, true);
    return textOf(shape) ? { kind: 'Layers', layers: [paper, noteLetters(shape)] } : paper;
  },
  bounds(shape) {
    const paper = mappedBox(transformOf(shape), noteBox(shape));
    return textOf(shape) ? unionOf(paper, boxOfLetters(noteLetters(shape))) : paper;
  },
  box: noteBox,
  hit: (shape, x, y, radius) =>
    figureHit(polygon(placedCorners(shape, noteBox(shape)), 0).build(shape.style, 1, 0), x, y, radius, true),
};

const borderOf = (shape: Shape): Figure =>
  polygon(placedCorners(shape), 0).build({ ...shape.style, width: FRAME_WIDTH }, 0);

/** A frame's name, over its top left corner; it may be longer than the frame is wide. */
function nameOf(shape: Shape): Letters {
  const { x, y, width, height, angle } = frameOf(shape);
  return {
    kind: 'Letters',
    x,
    y,
    angle,
    lines: [{ text: textOf(shape) || 'Frame', x: -width / 2, y: -height / 2 - 6 }],
    size: FRAME_NAME_SIZE,
    family: 'sans',
    weight: 'normal',
    align: 'left',
    tone: 'own',
  };
}

/** A named part of the board. */
export const frame: ShapeKind = {
  name: 'frame',
  code: 11,
  detail: () => 0,
  path: (shape) => ({ kind: 'Layers', layers: [borderOf(shape), nameOf(shape)] }),
  bounds(shape) {
    const border = growBox(mappedBox(transformOf(shape), drawnBox(shape)), FRAME_WIDTH / 2);
    return unionOf(border, boxOfLetters(nameOf(shape)));
  },
  box: drawnBox,
  hit: (shape, x, y, radius) => figureHit(borderOf(shape), x, y, radius, false),
};
