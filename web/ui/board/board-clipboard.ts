import type { Attachment } from 'svelte/attachments';
import { toBoard } from '../../canvas/camera.ts';
import type { Desk } from './desk.svelte.ts';
import { isForElement } from './shortcuts.ts';

/** Copying, cutting and pasting on the board page, once that code is here; in fields they stay the browser's. */
export const boardClipboard =
  (desk: Desk, clipboard: () => typeof import('./clipboard.ts') | null): Attachment<Element> =>
  () => {
    const pointer = { x: -1, y: -1 };
    const listen = new AbortController();
    const isOurs = (event: ClipboardEvent): boolean =>
      desk.dialog === null && !isForElement({ key: 'v' } as KeyboardEvent, event.target);

    const copy = (event: ClipboardEvent): boolean => {
      const { shapes } = desk.drawing;
      const ready = clipboard();
      // What was not copied must not be cut.
      if (!isOurs(event) || shapes.length === 0 || !event.clipboardData || !ready) return false;
      event.preventDefault();
      ready.copyTo(event.clipboardData, shapes);
      return true;
    };

    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData;
      if (!isOurs(event) || desk.readonly || !data) return;
      event.preventDefault();
      const { width, height } = desk.size;
      const isOver = pointer.x >= 0 && pointer.y >= 0 && pointer.x <= width && pointer.y <= height;
      const at = isOver ? pointer : { x: width / 2, y: height / 2 };
      const about = toBoard(desk.camera, at.x, at.y);
      clipboard()?.pasteFrom(data, desk.drawing, about);
    };

    const { signal } = listen;
    addEventListener('pointermove', ({ clientX, clientY }) => Object.assign(pointer, { x: clientX, y: clientY }), {
      signal,
    });
    addEventListener('copy', copy, { signal });
    addEventListener('cut', (event) => copy(event) && desk.drawing.erase(), { signal });
    addEventListener('paste', paste, { signal });
    return () => listen.abort();
  };
