// What Excalidraw puts on the clipboard, as shapes.

import type { Color } from '../../../shared/color.ts';
import { isColor, palette, paletteColors } from '../../../shared/color.ts';
import type { ImageId, ShapeId } from '../../../shared/ids.ts';
import { emptyInk, extendInk } from '../../../shared/ink.ts';
import { MAX_COORDINATE, MAX_TEXT_LENGTH, MAX_WIDTH, MIN_WIDTH } from '../../../shared/limits.ts';
import { rotation } from '../../../shared/matrix.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import { type Attributes, NO_ATTRIBUTES, UNTOUCHED } from '../../../shared/settings.ts';
import type { KindName, Shape } from '../../../shared/shapes/shape.ts';
import type { Style } from '../../../shared/style.ts';
import { cleanLetters } from '../../../shared/text.ts';

type Json = Readonly<Record<string, unknown>>;

const kinds: Readonly<Record<string, KindName>> = {
  rectangle: 'rectangle',
  ellipse: 'ellipse',
  diamond: 'diamond',
  line: 'line',
  arrow: 'arrow',
  freedraw: 'pen',
  text: 'text',
  frame: 'frame',
  image: 'image',
};

/** What lies on its clipboard. */
interface Clipboard {
  readonly elements: readonly Json[];
  readonly files: Json;
}

function read(text: string): Clipboard | null {
  if (!text.includes('excalidraw/clipboard')) return null;
  try {
    const { type, elements, files } = JSON.parse(text) as Json;
    if (type !== 'excalidraw/clipboard' || !Array.isArray(elements)) return null;
    return { elements: elements as Json[], files: (files ?? {}) as Json };
  } catch {
    return null;
  }
}

/** The files of its images, by the names that it gives them. */
export function filesOfExcalidraw(text: string): ReadonlyMap<string, Blob> {
  const files = new Map<string, Blob>();
  for (const [name, file] of Object.entries(read(text)?.files ?? {})) {
    const address = (file as Json | null)?.['dataURL'];
    const [, type, base64] = (typeof address === 'string' && /^data:([\w/+.-]+);base64,(.*)$/s.exec(address)) || [];
    if (type === undefined || base64 === undefined) continue;
    try {
      files.set(name, new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type }));
    } catch {
      // One that is damaged is left out, as one that is missing.
    }
  }
  return files;
}

/**
 * The shapes of its clipboard's text; null where it is something else. What there is no kind for is left out, and so is
 * an image whose file is not among these.
 */
export function shapesOfExcalidraw(text: string, images: ReadonlyMap<string, ImageId> = new Map()): Shape[] | null {
  const elements = read(text)?.elements;
  return elements?.flatMap((element, i) => shapeOf(element, i + 1, elements, images) ?? []) ?? null;
}

const numberOf = (value: unknown, usual = 0): number =>
  typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE ? value : usual;

function shapeOf(
  element: Json,
  number: number,
  all: readonly Json[],
  images: ReadonlyMap<string, ImageId>,
): Shape | null {
  const kind = kinds[String(element['type'])];
  const image = images.get(String(element['fileId']));
  if (kind === 'image' && !image) return null;
  // Text within a figure comes with it.
  if (!kind || element['isDeleted'] === true || (kind === 'text' && element['containerId'])) return null;
  const [x, y] = [numberOf(element['x']), numberOf(element['y'])];
  const [width, height] = [numberOf(element['width']), numberOf(element['height'])];
  const points = Array.isArray(element['points'])
    ? (element['points'] as unknown[]).slice(0, 8000).map((point) => {
        const [dx, dy] = Array.isArray(point) ? (point as unknown[]) : [];
        return { x: x + numberOf(dx), y: y + numberOf(dy), pressure: 0.5, dt: 8 };
      })
    : corners(kind, x, y, width, height);
  if (points.length === 0) return null;
  const angle = numberOf(element['angle']);
  const written = cleanLetters(String(kind === 'text' ? element['text'] : labelOf(element, all)), MAX_TEXT_LENGTH);
  const attributes: Attributes = {
    ...(angle === 0 ? {} : { transform: rotation(angle, { x: x + width / 2, y: y + height / 2 }) }),
    ...(written === '' ? {} : { text: written }),
    ...(kind === 'image' && image ? { image } : {}),
    ...heldBy(element, 'from', 'startBinding', all),
    ...heldBy(element, 'to', 'endBinding', all),
  };
  return {
    id: idOf(number),
    kind,
    style: styleOf(element, kind),
    pointer: 'mouse',
    author: 1,
    z: number,
    startedAt: 0,
    ink: extendInk(emptyInk(3), packSamples(points, 3, NIB_AT_ORIGIN).samples),
    open: false,
    erasure: null,
    attributes: Object.keys(attributes).length > 0 ? attributes : NO_ATTRIBUTES,
    touched: UNTOUCHED,
  };
}

const idOf = (number: number): ShapeId => `ExcalidrawAA.1/${number}` as ShapeId;

/** What an end of its arrows is bound to. */
function heldBy(element: Json, end: 'from' | 'to', binding: string, all: readonly Json[]): Attributes {
  const bound = (element[binding] as Json | null | undefined)?.['elementId'];
  const place = typeof bound === 'string' ? all.findIndex(({ id }) => id === bound) : -1;
  return place < 0 ? {} : { [end]: idOf(place + 1) };
}

const corners = (kind: KindName, x: number, y: number, width: number, height: number) => {
  const start = { x, y, pressure: 0.5, dt: 0 };
  return kind === 'text' ? [start] : [start, { ...start, x: x + width, y: y + height }];
};

function labelOf(element: Json, all: readonly Json[]): string {
  if (typeof element['id'] !== 'string') return '';
  const label = all.find((other) => other['type'] === 'text' && other['containerId'] === element['id']);
  return label ? String(label['text']) : '';
}

function styleOf(element: Json, kind: KindName): Style {
  const thickness = numberOf(element['strokeWidth'], 2) * (kind === 'pen' ? 2 : 1);
  const width = Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(thickness * 8) / 8));
  const hasFill = element['backgroundColor'] !== undefined && element['backgroundColor'] !== 'transparent';
  const dash = element['strokeStyle'];
  const opacity = Math.round(numberOf(element['opacity'], 100) / 5) / 20;
  return {
    color: nearColor(String(element['strokeColor'])),
    width,
    ...(hasFill && kind !== 'pen' && kind !== 'text' ? { fill: 'tint' } : {}),
    ...(dash === 'dashed' || dash === 'dotted' ? { dash } : {}),
    ...(opacity >= 0.05 && opacity < 1 ? { opacity } : {}),
    ...(element['roundness'] && kind !== 'line' && kind !== 'arrow' ? { corners: 'round' } : {}),
    ...(kind === 'text' ? { size: Math.min(1000, Math.max(4, Math.round(numberOf(element['fontSize'], 20)))) } : {}),
  };
}

/** Nearly black is ink, which is light by night; other colours stay what they are. */
function nearColor(text: string): Color {
  const hex = text.toLowerCase();
  if (!isColor(hex) || /^#[0-3][0-9a-f][0-3][0-9a-f][0-3][0-9a-f]$/.test(hex)) return 'ink';
  return paletteColors.find((name) => palette[name].paper === hex) ?? hex;
}
