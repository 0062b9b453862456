import type { Board } from '../board.ts';
import { colorHex, type Theme } from '../color.ts';
import { type Box, heightOf, widthOf } from '../geometry.ts';
import { kindOf } from '../shapes/kinds.ts';
import type { Path } from '../shapes/path.ts';
import type { Shape } from '../shapes/shape.ts';
import { stackedShapes } from '../shapes/stack.ts';
import { unreachable } from '../unreachable.ts';
import type { ExportFormat } from './format.ts';
import { isoTime } from './iso-time.ts';
import { pictureBox, sheetColors } from './options.ts';
import { svgPathData } from './svg-path.ts';
import { svgNumber, xmlText } from './svg-text.ts';

/** A standalone picture: paths and their colours, no style, script, link or foreign content. */
export const svg = {
  name: 'SVG',
  extension: 'svg',
  mediaType: 'image/svg+xml',

  write(board, options) {
    const box = pictureBox(board, options);
    const [x, y, width, height] = [box.minX, box.minY, widthOf(box), heightOf(box)].map((side) => svgNumber(side, 3));
    const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
    const size = `width="${svgNumber(widthOf(box) * options.scale, 3)}" height="${svgNumber(heightOf(box) * options.scale, 3)}"`;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${x} ${y} ${width} ${height}">`,
      `<title>${xmlText(board.title || 'Untitled board')}</title>`,
      `<metadata>${metadata(board)}</metadata>`,
      ...(options.background ? [`<rect ${place} fill="${sheetColors[options.theme]}"/>`] : []),
      ...drawn(board, box, options.theme),
      '</svg>\n',
    ].join('\n');
  },
} as const satisfies ExportFormat;

/** Dublin Core, which picture libraries read: what it is, of when, by whom. */
function metadata(board: Board): string {
  const names = new Set(board.authors.map((author) => author.name).filter((name) => name !== ''));
  return [
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    '<rdf:Description rdf:about="">',
    `<dc:title>${xmlText(board.title)}</dc:title>`,
    `<dc:date>${isoTime(board.at)}</dc:date>`,
    `<dc:identifier>revision ${board.revision}</dc:identifier>`,
    ...[...names].map((name) => `<dc:creator>${xmlText(name)}</dc:creator>`),
    '</rdf:Description></rdf:RDF>',
  ].join('');
}

const drawn = (board: Board, box: Box, theme: Theme): string[] =>
  stackedShapes(board, box).map((shape) => {
    const path = kindOf(shape).path(shape, 0);
    return `<path ${paint(path, colorHex(shape.style.color, theme))} d="${svgPathData(path, digitsOf(shape))}"/>`;
  });

function paint(path: Path, color: string): string {
  switch (path.kind) {
    case 'FilledLoop':
      return `fill="${color}"`;
    case 'Polyline':
      return `fill="none" stroke="${color}" stroke-width="${svgNumber(path.width, 4)}" stroke-linecap="round" stroke-linejoin="round"`;
    default:
      return unreachable(path);
  }
}

/** Decimals that keep an eighth of the shape's step: all that its ink has, and no more. */
const digitsOf = ({ ink }: Shape): number => Math.max(0, Math.ceil((ink.precision + 3) * Math.log10(2)));
