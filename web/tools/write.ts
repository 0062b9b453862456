import type { Shape } from '../../shared/shapes/shape.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../shared/samples.ts';
import { NOTE_SIDE } from '../../shared/shapes/writing.ts';
import { toBoard } from '../canvas/camera.ts';
import { mayBeWrittenOn, shapeAt } from './select/select.ts';
import type { Gesture, PointerSample, Sheet, Tool } from './tool.ts';

const crosshair = { shape: 'Named', name: 'text' } as const;

/** Something that happens where a press ends. */
function press(sheet: Sheet, sample: PointerSample, act: (at: { x: number; y: number }) => void): Gesture {
  let last = sample;
  return {
    move: (samples) => void (last = samples.at(-1) ?? last),
    flush: () => undefined,
    end: () => act(toBoard(sheet.camera, last.x, last.y)),
    takeBack: () => undefined,
  };
}

/** Writes where it is pressed, or into what is there. */
export const text = {
  name: 'Text',
  icon: 'text',
  shortcuts: ['t'],
  draws: true,
  kind: 'text',
  cursor: () => crosshair,
  begin: (sample, pointer, sheet) =>
    press(sheet, sample, (at) => {
      const hit: Shape | null = shapeAt(sheet, at, pointer);
      sheet.write(hit && mayBeWrittenOn(hit) ? hit.id : at);
    }),
} as const satisfies Tool;

/** Puts down a note and writes on it. */
export const stickyNote = {
  name: 'Sticky note',
  icon: 'note',
  shortcuts: ['y'],
  draws: true,
  kind: 'note',
  cursor: () => ({ shape: 'Named', name: 'crosshair' }),
  begin: (sample, pointer, sheet) =>
    press(sheet, sample, ({ x, y }) => {
      const gesture = sheet.nextGesture();
      const corners = [-NOTE_SIDE / 2, NOTE_SIDE / 2].map((away) => ({
        x: x + away,
        y: y + away,
        pressure: 0.5,
        dt: 0,
      }));
      const rejection = sheet.propose({
        type: 'PlaceShape',
        gesture,
        number: gesture + 1,
        kind: 'note',
        style: sheet.style('note'),
        pointer,
        precision: 3,
        samples: packSamples(corners, 3, NIB_AT_ORIGIN).samples,
        settings: {},
      });
      if (rejection) return;
      sheet.made([sheet.idOf(gesture + 1)]);
      sheet.write(sheet.idOf(gesture + 1));
    }),
} as const satisfies Tool;
