// Things to and from other boards and programs, through the clipboard.

import type { Position } from '../../../shared/geometry.ts';
import { heightOf, unionOf, widthOf } from '../../../shared/geometry.ts';
import { layOut } from '../../../shared/letters/layout.ts';
import { MAX_TEXT_LENGTH } from '../../../shared/limits.ts';
import { translation } from '../../../shared/matrix.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { byStackOrder } from '../../../shared/shapes/stack.ts';
import { cleanLetters } from '../../../shared/text.ts';
import { shapeList } from '../../../shared/wire/shape-field.ts';
import type { Drawing } from './drawing.svelte.ts';
import { shapesOfExcalidraw } from './excalidraw.ts';

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

/** Takes in what is on the clipboard, about a point of the board; false where there is nothing of use. */
export function pasteFrom(data: DataTransfer, drawing: Drawing, about: Position): boolean {
  const shapes = shapesOfHtml(data.getData('text/html')) ?? shapesOfExcalidraw(data.getData('text/plain'));
  if (shapes && shapes.length > 0) {
    placeAbout(drawing, shapes.slice(0, MAX_PASTED), about);
    return true;
  }
  const text = cleanLetters(data.getData('text/plain').trim(), MAX_TEXT_LENGTH);
  if (text === '') return false;
  const { width, height } = layOut(text, drawing.style('text'));
  drawing.placeText(text, { x: about.x - width / 2, y: about.y - height / 2 });
  return true;
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

function placeAbout(drawing: Drawing, shapes: readonly Shape[], { x, y }: Position): void {
  const box = shapes.map((shape) => kindOf(shape).bounds(shape)).reduce(unionOf);
  drawing.place(shapes, translation(x - (box.minX + widthOf(box) / 2), y - (box.minY + heightOf(box) / 2)));
}
