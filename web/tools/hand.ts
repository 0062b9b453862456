import { panned, toBoard } from '../canvas/camera.ts';
import { shapeAt } from './select/select.ts';
import type { PointerSample, Sheet, Tool } from './tool.ts';

/** Pixels that a hand may move in a press that moves nothing. */
const STILL = 4;

/** Takes hold of the sheet and moves it; a press alone opens what a thing leads to. */
export const hand = {
  name: 'Hand',
  icon: 'hand',
  shortcuts: ['h'],
  draws: false,
  cursor: () => ({ shape: 'OpenHand' }),
  hover: (sample, sheet) =>
    linkAt(sample, 'mouse', sheet) ? { shape: 'Named', name: 'pointer' } : { shape: 'OpenHand' },

  begin(sample, pointer, sheet) {
    const before = sheet.camera;
    let last = sample;
    let way = 0;
    return {
      move(samples) {
        const next = samples.at(-1);
        if (!next) return;
        way = Math.max(way, Math.hypot(next.x - sample.x, next.y - sample.y));
        sheet.moveCamera(panned(sheet.camera, next.x - last.x, next.y - last.y));
        last = next;
      },
      flush: () => undefined,
      end() {
        const link = way < STILL ? linkAt(last, pointer, sheet) : undefined;
        if (link) sheet.open(link);
      },
      takeBack: () => sheet.moveCamera(before),
    };
  },
} as const satisfies Tool;

const linkAt = ({ x, y }: PointerSample, pointer: Parameters<Tool['begin']>[1], sheet: Sheet): string | undefined =>
  shapeAt(sheet, toBoard(sheet.camera, x, y), pointer)?.attributes.link;
