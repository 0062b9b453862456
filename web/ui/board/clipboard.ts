// Things to and from other boards and programs, through the clipboard.

import type { Position } from '../../../shared/geometry.ts';
import { heightOf, unionOf, widthOf } from '../../../shared/geometry.ts';
import type { ImageId } from '../../../shared/ids.ts';
import { layOut } from '../../../shared/letters/layout.ts';
import { MAX_TEXT_LENGTH } from '../../../shared/limits.ts';
import { translation } from '../../../shared/matrix.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { byStackOrder } from '../../../shared/shapes/stack.ts';
import { cleanLetters } from '../../../shared/text.ts';
import { shapeList } from '../../../shared/wire/shape-field.ts';
import type { ImageOutbox } from '../../images/image-outbox.ts';
import { prepareImage } from '../../images/prepare-image.ts';
import type { Desk } from './desk.svelte.ts';
import type { Drawing } from './drawing.svelte.ts';
import { filesOfExcalidraw, shapesOfExcalidraw } from './excalidraw.ts';
import { placeImages } from './place-images.ts';

/** Things that are pasted at once: more would be a board. */
const MAX_PASTED = 5_000;
const ATTRIBUTE = 'data-retrace-shapes';

/** Puts what is selected on the clipboard: as itself for Retrace, as its text for everything else. */
export function copyTo(data: DataTransfer, shapes: readonly Shape[]): void {
  const stack = shapes.toSorted(byStackOrder);
  const text = stack.flatMap(({ attributes }) => attributes.text ?? []).join('\n');
  const json = JSON.stringify({ format: 'retrace-shapes', version: 1, shapes: shapeList.toJson(stack) });
  const element = document.createElement('div');
  element.setAttribute(ATTRIBUTE, json);
  element.textContent = text;
  data.setData('text/html', element.outerHTML);
  data.setData('text/plain', text);
}

/** Takes in what is on the clipboard, or was dropped, about a point of the board. */
export function pasteFrom(data: DataTransfer, desk: Desk, outbox: ImageOutbox, about: Position): void {
  const { drawing } = desk;
  const plain = data.getData('text/plain').trim();
  const shapes = shapesOfHtml(data.getData('text/html'));
  if (shapes && shapes.length > 0) return placeAbout(drawing, shapes, about);
  if (shapesOfExcalidraw(plain)) return void placeExcalidraw(desk, outbox, plain, about);
  const images = imagesIn(data, plain);
  if (images.length > 0) return void placeImages(desk, outbox, images, about);
  const text = cleanLetters(plain, MAX_TEXT_LENGTH);
  if (text === '') return;
  const { width, height } = layOut(text, drawing.style('text'));
  drawing.placeText(text, { x: about.x - width / 2, y: about.y - height / 2 });
}

/** Files of images; a picture written as SVG. Of words that a program also gives as a picture, the words count. */
function imagesIn(data: DataTransfer, plain: string): Blob[] {
  if (/^(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(plain)) {
    return [new Blob([plain], { type: 'image/svg+xml' })];
  }
  return plain === '' ? [...data.files].filter(({ type }) => type.startsWith('image/')) : [];
}

function shapesOfHtml(html: string): readonly Shape[] | null {
  if (!html.includes(ATTRIBUTE)) return null;
  try {
    // A document of its own runs nothing and loads nothing.
    const json = new DOMParser()
      .parseFromString(html, 'text/html')
      .querySelector(`[${ATTRIBUTE}]`)
      ?.getAttribute(ATTRIBUTE);
    const { format, version, shapes } = JSON.parse(json ?? '{}') as Record<string, unknown>;
    return format === 'retrace-shapes' && version === 1 ? shapeList.fromJson(shapes, 'shapes') : null;
  } catch {
    return null;
  }
}

/** At once, where it has no images to be taken in before. */
async function placeExcalidraw(desk: Desk, outbox: ImageOutbox, text: string, about: Position): Promise<void> {
  const images = new Map<string, ImageId>();
  for (const [name, file] of filesOfExcalidraw(text)) {
    const image = await prepareImage(file).catch(() => null);
    if (!image) continue;
    await outbox.add(image.id, image.bytes);
    images.set(name, image.id);
  }
  const shapes = shapesOfExcalidraw(text, images) ?? [];
  if (shapes.length > 0 && !desk.readonly) placeAbout(desk.drawing, shapes, about);
}

function placeAbout(drawing: Drawing, pasted: readonly Shape[], { x, y }: Position): void {
  const shapes = pasted.slice(0, MAX_PASTED);
  const box = shapes.map((shape) => kindOf(shape).bounds(shape)).reduce(unionOf);
  drawing.place(shapes, translation(x - (box.minX + widthOf(box) / 2), y - (box.minY + heightOf(box) / 2)));
}
