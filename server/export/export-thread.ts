// The thread on which boards become files, so that nobody who draws has to wait for it.

import { parentPort } from 'node:worker_threads';
import { type Board, emptyBoard } from '../../shared/board.ts';
import { formats } from '../../shared/export/formats.ts';
import { lettersOn } from '../../shared/letters/letters-on.ts';
import { draftOf, emptyMap } from '../../shared/persistent-map.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import type { BoardWithoutShapes, ToExporter, FromExporter } from './export-messages.ts';
import { embeddedFaces } from './embedded-faces.ts';
import { MAX_PIXELS, pixelsOf, pngOf } from './png.ts';

let head: BoardWithoutShapes | null = null;
let shapes = draftOf<Shape>(emptyMap());

/** Pixels that a thread paints before it ends. The painter's memory lies where no garbage collector counts it: 4 bytes each. */
const PIXELS_OF_A_LIFE = 16_000_000;
let painted = 0;

parentPort?.on('message', (message: ToExporter) => {
  switch (message.type) {
    case 'Board':
      head = message.head;
      shapes = draftOf(emptyMap());
      return;
    case 'Shapes':
      for (const shape of message.shapes) shapes.set(shape.id, shape);
      return;
    case 'Write':
      if (!head) throw new Error('There is no board to write.');
      return answer(write({ ...emptyBoard, ...head, shapes: shapes.done() }, message));
  }
});

function write(board: Board, { format, options, images }: ToExporter & { type: 'Write' }): FromExporter {
  if (format !== 'png') {
    const faces = format === 'svg' ? embeddedFaces(lettersOn(board, options.region)) : '';
    return { bytes: bytesOf(formats[format].write(board, options, images, faces)), spent: false };
  }
  const pixels = pixelsOf(board, options);
  if (pixels > MAX_PIXELS) return { tooManyPixels: pixels };
  painted += pixels;
  return { bytes: pngOf(board, options, images), spent: painted > PIXELS_OF_A_LIFE };
}

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

function answer(result: FromExporter): void {
  if (!('bytes' in result)) return parentPort?.postMessage(result);
  // A view of its own, so that giving the memory away takes nothing from anyone else.
  const bytes = new Uint8Array(result.bytes);
  parentPort?.postMessage({ bytes, spent: result.spent } satisfies FromExporter, [bytes.buffer]);
}
