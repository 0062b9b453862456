import type { Board } from '../board.ts';
import { sheetColors, type Theme } from '../color.ts';
import { type Box, heightOf, type Position, widthOf } from '../geometry.ts';
import type { Edge } from '../shapes/frames.ts';
import { kindOf } from '../shapes/kinds.ts';
import { inksOf } from '../shapes/inks.ts';
import type { Shape } from '../shapes/shape.ts';
import { shownShapes } from '../shapes/stack.ts';
import type { ExportFormat, ImageAddresses } from './format.ts';
import { isoTime } from './iso-time.ts';
import { pictureBox } from './options.ts';
import { type Lettering, svgPath } from './svg-paint.ts';
import { svgNumber, xmlText } from './svg-text.ts';

/** A standalone picture: paths and their colours, images and typefaces within it, links of things; no script or foreign content. */
export const svg = {
  name: 'SVG',
  extension: 'svg',
  mediaType: 'image/svg+xml',

  write(board, options, images = NO_IMAGES, faces = '', lettering: Lettering = xmlText) {
    const box = pictureBox(board, options);
    const [x, y, width, height] = [box.minX, box.minY, widthOf(box), heightOf(box)].map((side) => svgNumber(side, 3));
    const place = `x="${x}" y="${y}" width="${width}" height="${height}"`;
    const size = `width="${svgNumber(widthOf(box) * options.scale, 3)}" height="${svgNumber(heightOf(box) * options.scale, 3)}"`;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="${x} ${y} ${width} ${height}">`,
      `<title>${xmlText(board.title || 'Untitled board')}</title>`,
      `<metadata>${metadata(board)}</metadata>`,
      ...(faces === '' ? [] : [`<style>${faces}</style>`]),
      ...(options.background ? [`<rect ${place} fill="${sheetColors[options.theme]}"/>`] : []),
      ...drawn(board, box, options.theme, images, lettering),
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

const NO_IMAGES: ImageAddresses = new Map();

function drawn(board: Board, box: Box, theme: Theme, images: ImageAddresses, lettering: Lettering): string[] {
  const names = new Map<Edge, string>();
  const shapes = shownShapes(board, box).flatMap(({ shape, clip }) => {
    const path = kindOf(shape).path(shape, 0);
    const elements = meant(shape, svgPath(path, inksOf(shape, theme), digitsOf(shape), images, lettering));
    if (!clip) return elements;
    const name = names.get(clip) ?? `frame-${names.size + 1}`;
    names.set(clip, name);
    return [`<g clip-path="url(#${name})">`, ...elements, '</g>'];
  });
  return [...[...names].map(([{ corners }, name]) => clipPath(name, corners)), ...shapes];
}

/** [E18] */
const clipPath = (name: string, corners: readonly Position[]): string =>
  `<clipPath id="${name}"><path d="M${corners.map(({ x, y }) => `${svgNumber(x, 3)} ${svgNumber(y, 3)}`).join('L')}z"/></clipPath>`;

/** With where it leads and what it shows, for those who cannot see it. */
function meant({ attributes: { link, alt } }: Shape, elements: string[]): string[] {
  const named = alt ? [`<g role="img" aria-label="${xmlText(alt)}">`, ...elements, '</g>'] : elements;
  return link ? [`<a href="${xmlText(link)}" target="_blank" rel="noopener noreferrer">`, ...named, '</a>'] : named;
}

/** Decimals that keep an eighth of the shape's step: all that its ink has, and no more. */
const digitsOf = ({ ink, attributes }: Shape): number =>
  Math.max(attributes.transform ? 3 : 0, Math.ceil((ink.precision + 3) * Math.log10(2)));
