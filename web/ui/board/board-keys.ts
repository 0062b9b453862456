import type { Attachment } from 'svelte/attachments';
import { type ToolName, tools } from '../../tools/tools.ts';
import type { Desk } from './desk.svelte.ts';
import { actionFor, isForElement } from './shortcuts.ts';

/** ms within which Space, let go again, was a press; held longer it is the hand that moves the sheet. */
const TAP = 300;

/** The keyboard of the board page. Over an open dialog it says nothing. */
export const boardKeys =
  (desk: Desk): Attachment<Element> =>
  () => {
    let spaceSince = 0;

    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || desk.dialog !== null) return;
      if (isForElement(event, event.target) || inMenu(event.target)) return;
      if (event.key === ' ') {
        if (!event.repeat) spaceSince = event.timeStamp;
        return;
      }
      if (event.defaultPrevented) return;
      if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
        event.preventDefault();
        return desk.openMenuHere();
      }
      if (nudged(desk, event)) return event.preventDefault();
      const tool = toolFor(event);
      const action = actionFor(event);
      if ((tool === null && action === null) || (tool === null && action && !desk.answers(action))) return;
      event.preventDefault();
      if (tool !== null) desk.tool = tool;
      else if (action !== null) desk.act(action);
    };

    const onKeyUp = (event: KeyboardEvent): void => {
      const tapped = event.key === ' ' && spaceSince > 0 && event.timeStamp - spaceSince < TAP;
      if (event.key === ' ') spaceSince = 0;
      if (tapped && desk.past) desk.act('PlayOrPause');
    };

    const onPointerDown = (): void => {
      spaceSince = 0;
    };

    addEventListener('keydown', onKeyDown);
    addEventListener('keyup', onKeyUp);
    addEventListener('pointerdown', onPointerDown, { capture: true });
    return () => {
      removeEventListener('keydown', onKeyDown);
      removeEventListener('keyup', onKeyUp);
      removeEventListener('pointerdown', onPointerDown, { capture: true });
    };
  };

/** A menu finds its items by their first letter. */
const inMenu = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('[role="menu"], [role="dialog"][aria-modal="true"]') !== null;

const ways: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
/** Board units for each press, and with Shift. */
const [NUDGE, FAR_NUDGE] = [1, 10];

/** Arrows move what is selected; a run of them is one gesture. */
function nudged(desk: Desk, { key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
  const way = ways[key];
  if (!way || altKey || ctrlKey || metaKey || desk.drawing.changeable.length === 0) return false;
  const by = shiftKey ? FAR_NUDGE : NUDGE;
  desk.drawing.nudge(way[0] * by, way[1] * by);
  return true;
}

function toolFor({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): ToolName | null {
  if (altKey || ctrlKey || metaKey || shiftKey) return null;
  return tools.find(({ shortcuts }) => shortcuts.some((own) => own === key.toLowerCase()))?.name ?? null;
}
