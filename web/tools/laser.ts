import type { Position } from '../../shared/geometry.ts';
import { toBoard } from '../canvas/camera.ts';
import type { Tool } from './tool.ts';

/** ms that the light stays where it was. */
const STAYS = 900;
const MOST = 120;

/** Points at something for everybody to see, and leaves nothing: only the cursor travels. */
export const laser = {
  name: 'Laser',
  icon: 'laser',
  shortcuts: ['z'],
  draws: false,
  cursor: () => ({ shape: 'Named', name: 'crosshair' }),

  begin(sample, _pointer, sheet) {
    let way: (Position & { readonly time: number })[] = [];
    const add = (x: number, y: number, time: number): void => {
      way.push({ ...toBoard(sheet.camera, x, y), time });
      way = way.filter((place) => time - place.time < STAYS).slice(-MOST);
      sheet.show({ loop: way });
    };
    add(sample.x, sample.y, sample.time);
    return {
      move(samples) {
        for (const { x, y, time } of samples) add(x, y, time);
      },
      flush: () => undefined,
      end: () => sheet.show({}),
      takeBack: () => sheet.show({}),
    };
  },
} as const satisfies Tool;
