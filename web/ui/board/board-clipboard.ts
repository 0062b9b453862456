import type { Attachment } from 'svelte/attachments';
import { toBoard } from '../../canvas/camera.ts';
import type { Desk } from './desk.svelte.ts';
import { isForElement } from './shortcuts.ts';

/** Copying, cutting and pasting on the board page; in fields they stay the browser's. The code is loaded when asked for. */
export const boardClipboard =
  (desk: Desk): Attachment<Element> =>
  () => {
    const clipboard = import('./clipboard.ts');
    let copyTo: Awaited<typeof clipboard>['copyTo'] | null = null;
    void clipboard.then((module) => (copyTo = module.copyTo));
    const pointer = { x: -1, y: -1 };
    const listen = new AbortController();
    const isOurs = (event: ClipboardEvent): boolean =>
      desk.dialog === null && !isForElement({ key: 'v' } as KeyboardEvent, event.target);

    const copy = (event: ClipboardEvent): boolean => {
      const { shapes } = desk.drawing;
      if (!isOurs(event) || shapes.length === 0 || !event.clipboardData || !copyTo) return false;
      event.preventDefault();
      copyTo(event.clipboardData, shapes);
      return true;
    };

    const paste = (event: ClipboardEvent): void => {
      const data = event.clipboardData;
      if (!isOurs(event) || desk.readonly || !data) return;
      event.preventDefault();
      // What is on the clipboard may be read only now.
      const kept = new DataTransfer();
      for (const type of ['text/html', 'text/plain']) kept.setData(type, data.getData(type));
      const { width, height } = desk.size;
      const isOver = pointer.x >= 0 && pointer.y >= 0 && pointer.x <= width && pointer.y <= height;
      const at = isOver ? pointer : { x: width / 2, y: height / 2 };
      const about = toBoard(desk.camera, at.x, at.y);
      void clipboard.then(({ pasteFrom }) => pasteFrom(kept, desk.drawing, about));
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
