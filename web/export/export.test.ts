import { describe, expect, it } from 'vitest';
import { boxOf } from '../../shared/geometry.ts';
import { defaultExport } from '../../shared/export/options.ts';
import { boardOf, strokeOf } from '../../shared/testing/stroke.ts';
import { isTooLarge, pictureOf, PictureTooLarge } from './png.ts';

describe('picture', () => {
  const board = boardOf([strokeOf({ points: [[0, 0], [100, 50]] })]); // prettier-ignore

  it('[E4] shows exactly the region, in pixels of the scale', () => {
    const picture = pictureOf(board, { ...defaultExport, scale: 2, region: boxOf(-10, 5, 50, 25) });
    expect(picture).toEqual({ scale: 2, left: -20, top: 10, width: 100, height: 50 });
  });

  it('[E8] is refused with its size where no browser could paint it', () => {
    const wide = boardOf([strokeOf({ points: [[0, 0], [900_000, 50]] })]); // prettier-ignore
    expect(isTooLarge(pictureOf(board, defaultExport))).toBe(false);
    expect(isTooLarge(pictureOf(wide, defaultExport))).toBe(true);
    expect(new PictureTooLarge(900_000, 50).message).toContain('900000 × 50');
  });
});
