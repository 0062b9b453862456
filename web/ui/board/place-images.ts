// Images from files, the clipboard and other windows, onto the board.

import type { Position } from '../../../shared/geometry.ts';
import { MAX_COORDINATE } from '../../../shared/limits.ts';
import type { ImageOutbox } from '../../images/image-outbox.ts';
import { type PreparedImage, ImageFault, prepareImage } from '../../images/prepare-image.ts';
import { toasts } from '../toasts.svelte.ts';
import type { Desk } from './desk.svelte.ts';

/** Images that are put on a board at once. */
const MOST = 20;
/** The largest part of the view that one image takes. */
const SHARE = 0.6;
/** CSS pixels between two of several. */
const GAP = 16;

/** Puts images about a point of the board, side by side, and says which could not be taken. */
export async function placeImages(
  desk: Desk,
  outbox: ImageOutbox,
  files: readonly Blob[],
  about: Position,
): Promise<void> {
  const prepared: PreparedImage[] = [];
  if (files.length > MOST) toasts.show(`Only the first ${MOST} images are taken at once.`);
  for (const file of files.slice(0, MOST)) {
    try {
      prepared.push(await prepareImage(file));
    } catch (fault) {
      if (!(fault instanceof ImageFault)) throw fault;
      toasts.show(`${nameOf(file)} was not put on the board. ${fault.message}`, { tone: 'danger' });
    }
  }
  // Meanwhile somebody may have gone into the past.
  if (prepared.length === 0 || desk.readonly) return;
  for (const { id, bytes } of prepared) await outbox.add(id, bytes);
  desk.drawing.placeImages(inARow(prepared, desk, about));
}

const nameOf = (file: Blob): string => (file instanceof File && file.name !== '' ? `“${file.name}”` : 'The image');

export interface PlacedImage {
  readonly image: PreparedImage;
  readonly from: Position;
  readonly to: Position;
}

/** At their own size, where that is not too much of the view, their middle at the point. */
function inARow(images: readonly PreparedImage[], { size, camera }: Desk, about: Position): PlacedImage[] {
  const [widest, highest] = [(size.width * SHARE) / camera.zoom, (size.height * SHARE) / camera.zoom];
  const boxes = images.map(({ width, height }) => {
    const scale = Math.min(1, widest / width, highest / height);
    return { width: width * scale, height: height * scale };
  });
  const gap = GAP / camera.zoom;
  const whole = boxes.reduce((sum, { width }) => sum + width + gap, -gap);
  let x = within(about.x - whole / 2, whole);
  return images.flatMap((image, i) => {
    const { width, height } = boxes[i] ?? { width: 0, height: 0 };
    const from = { x, y: within(about.y - height / 2, height) };
    x += width + gap;
    return [{ image, from, to: { x: from.x + width, y: from.y + height } }];
  });
}

const within = (start: number, length: number): number =>
  Math.max(-MAX_COORDINATE, Math.min(MAX_COORDINATE - length, start));
