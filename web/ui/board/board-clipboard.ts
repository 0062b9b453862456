import type { Attachment } from 'svelte/attachments';
import type { Position } from '../../../shared/geometry.ts';
import { toBoard } from '../../canvas/camera.ts';
import type { ImageOutbox } from '../../images/image-outbox.ts';
import type { Desk } from './desk.svelte.ts';
import { toasts } from '../toasts.svelte.ts';
import { isForElement } from './shortcuts.ts';

type Clipboard = Pick<typeof import('./clipboard.ts'), 'copyTo' | 'pasteFrom'>;

/** Copying, cutting, pasting and dropping on the board page, once that code is here; in fields they stay the browser's. */
export const boardClipboard =
  (desk: Desk, images: ImageOutbox, clipboard: () => Clipboard | null): Attachment<Element> =>
  () => {
    const pointer = { x: -1, y: -1 };
    const listen = new AbortController();
    const isOurs = (event: ClipboardEvent): boolean =>
      desk.dialog === null && !isForElement({ key: 'v' } as KeyboardEvent, event.target);

    const copy = (event: ClipboardEvent): boolean => {
      const { taken } = desk.drawing;
      const ready = clipboard();
      // What was not copied must not be cut.
      if (!isOurs(event) || taken.length === 0 || !event.clipboardData || !ready) return false;
      event.preventDefault();
      ready.copyTo(event.clipboardData, taken);
      if (desk.past) {
        const what =
          taken.length === 1
            ? 'It is on the clipboard as it was'
            : `${taken.length} things are on the clipboard as they were`;
        toasts.show(`${what} then. Paste in the present, or on another board.`);
      }
      return true;
    };

    /** What is given can be read only now. */
    const take = (data: DataTransfer, about: Position): void => {
      const ready = clipboard();
      if (ready) ready.pasteFrom(data, desk, images, about);
      else toasts.show('The board is still being set up. Try again in a moment.');
    };

    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData;
      if (!isOurs(event) || desk.viewer || !data) return;
      event.preventDefault();
      if (desk.past) return toasts.show('Nothing is pasted into the past. Go live first.');
      const { width, height } = desk.size;
      const isOver = pointer.x >= 0 && pointer.y >= 0 && pointer.x <= width && pointer.y <= height;
      const at = isOver ? pointer : { x: width / 2, y: height / 2 };
      const about = toBoard(desk.camera, at.x, at.y);
      take(data, about);
    };

    /** Else the browser would leave the board and open the file. */
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      if (event.type !== 'drop' || desk.readonly || !event.dataTransfer) return;
      take(event.dataTransfer, toBoard(desk.camera, event.clientX, event.clientY));
    };

    const { signal } = listen;
    addEventListener('pointermove', ({ clientX, clientY }) => Object.assign(pointer, { x: clientX, y: clientY }), {
      signal,
    });
    addEventListener('copy', copy, { signal });
    const cut = (event: ClipboardEvent): void => {
      if (!desk.readonly && copy(event)) desk.drawing.erase(desk.drawing.taken);
    };
    addEventListener('cut', cut, { signal });
    addEventListener('paste', paste, { signal });
    for (const name of ['dragover', 'drop'] as const) addEventListener(name, drop, { signal });
    return () => listen.abort();
  };
