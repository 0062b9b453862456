import { panned, toBoard } from '../canvas/camera.ts';
import { shapeAt } from './select/select.ts';
import type { Gesture, PointerSample, Sheet, Tool } from './tool.ts';

/** Pixels that a hand may move in a press that moves nothing. */
const STILL = 4;

const openHand = { shape: 'OpenHand' } as const;

/** Takes hold of the sheet and moves it, whatever lies there. */
export const grab = {
  name: 'Grab',
  icon: 'hand',
  shortcuts: [],
  draws: false,
  cursor: () => openHand,
  begin: (sample, _pointer, sheet) => moving(sample, sheet, () => undefined),
} as const satisfies Tool;

/** The same, as a tool: a press alone opens what a thing leads to. */
export const hand = {
  name: 'Hand',
  icon: 'hand',
  shortcuts: ['h'],
  draws: false,
  cursor: () => openHand,
  hover: (sample, sheet) => (linkAt(sample, 'mouse', sheet) ? { shape: 'Named', name: 'pointer' } : openHand),
  begin: (sample, pointer, sheet) =>
    moving(sample, sheet, () => {
      const link = linkAt(sample, pointer, sheet);
      if (link) sheet.open(link);
    }),
} as const satisfies Tool;

function moving(sample: PointerSample, sheet: Sheet, pressed: () => void): Gesture {
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
    end: () => (way < STILL ? pressed() : undefined),
    takeBack: () => sheet.moveCamera(before),
  };
}

const linkAt = ({ x, y }: PointerSample, pointer: Parameters<Tool['begin']>[1], sheet: Sheet): string | undefined =>
  shapeAt(sheet, toBoard(sheet.camera, x, y), pointer)?.attributes.link;
