import type { Tool } from './tool.ts';

/** Puts images from files in the middle of the view: there is nothing to press on the sheet for it. */
export const image = {
  name: 'Image',
  icon: 'image',
  shortcuts: ['x'],
  draws: true,
  picksImages: true,
  cursor: () => ({ shape: 'Named', name: 'default' }),
  begin: () => null,
} as const satisfies Tool;
