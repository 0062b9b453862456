import { panned } from '../canvas/camera.ts';
import type { Tool } from './tool.ts';

/** Takes hold of the sheet and moves it. */
export const hand = {
  name: 'Hand',
  icon: 'hand',
  shortcuts: ['h'],
  draws: false,
  cursor: () => ({ shape: 'OpenHand' }),

  begin(sample, _pointer, sheet) {
    const before = sheet.camera;
    let last = sample;
    return {
      move(samples) {
        const next = samples.at(-1);
        if (!next) return;
        sheet.moveCamera(panned(sheet.camera, next.x - last.x, next.y - last.y));
        last = next;
      },
      flush: () => undefined,
      end: () => undefined,
      takeBack: () => sheet.moveCamera(before),
    };
  },
} as const satisfies Tool;
