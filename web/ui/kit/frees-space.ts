import type { Attachment } from 'svelte/attachments';

/** A button that was pressed with a pointer does not keep the focus: Space is to move the sheet, and not to press it again. */
export const freesSpace: Attachment<HTMLElement> = (dock) => {
  const onClick = (event: MouseEvent): void => {
    // 0 for the clicks that a keyboard makes.
    if (event.detail === 0 || !(event.target instanceof Element)) return;
    const button = event.target.closest('button');
    if (button && !button.hasAttribute('aria-haspopup')) button.blur();
  };
  dock.addEventListener('click', onClick);
  return () => dock.removeEventListener('click', onClick);
};
