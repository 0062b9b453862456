import { beforeEach, describe, expect, it } from 'vitest';
import type { PointerKind } from '../../shared/event.ts';
import { pen } from './draw.ts';
import { hand } from './hand.ts';
import { PointerRouter } from './pointer-router.ts';
import { testSheet, type TestSheet } from '../testing/sheet.ts';
import type { Tool } from './tool.ts';

let sheet: TestSheet;
let router: PointerRouter;
let tool: Tool;
let time: number;

beforeEach(() => {
  sheet = testSheet();
  router = new PointerRouter(sheet);
  tool = pen;
  time = 1000;
});

const at = (x: number, y: number) => ({ x, y, pressure: 0.5, time: (time += 8) });
const down = (id: number, kind: PointerKind, x: number, y: number, button = 0, panning = false): boolean =>
  router.down({ id, kind, button, sample: at(x, y) }, tool, panning);
function move(id: number, kind: PointerKind, x: number, y: number): void {
  router.move(id, kind, [at(x, y)]);
  router.flush();
}
const up = (id: number, kind: PointerKind): void => router.up(id, kind, (time += 8));

describe('one pointer', () => {
  it('draws with the left button and not with the right one', () => {
    expect(down(1, 'mouse', 10, 10, 2)).toBe(false);
    expect(down(1, 'mouse', 10, 10)).toBe(true);
    move(1, 'mouse', 50, 50);
    up(1, 'mouse');
    expect(sheet.story).toBe('StartStroke ExtendStroke EndStroke');
    expect(router.isBusy).toBe(false);
  });

  it.each([
    [1, false],
    [0, true],
  ])('[G8] moves the sheet with button %i and Space held: %s', (button, space) => {
    // prettier-ignore
    down(1, 'mouse', 100, 100, button, space);
    move(1, 'mouse', 130, 90);
    up(1, 'mouse');
    expect(sheet.camera).toEqual({ x: -30, y: 10, zoom: 1 });
    expect(sheet.story).toBe('');
  });

  it('erases with the other end of the pen', () => {
    down(1, 'pen', 10, 10);
    up(1, 'pen');
    down(1, 'pen', 10, 10, 5);
    up(1, 'pen');
    expect(sheet.story).toBe('StartStroke EndStroke EraseShapes');
  });

  it('ends the stroke when the browser takes the pointer away, or the tool changes', () => {
    down(1, 'mouse', 10, 10);
    router.stop();
    move(1, 'mouse', 50, 50);
    up(1, 'mouse');
    expect(sheet.story).toBe('StartStroke EndStroke');
  });
});

describe('fingers', () => {
  it('[G9] draw with one, and move and zoom the sheet with two', () => {
    down(1, 'touch', 100, 100);
    down(2, 'touch', 200, 100);
    expect(sheet.story).toBe('StartStroke Undo');
    expect(sheet.board.shapes.size).toBe(0);
    move(1, 'touch', 50, 100);
    move(2, 'touch', 250, 100);
    expect(sheet.camera.zoom).toBeCloseTo(2);
    expect(sheet.board.shapes.size).toBe(0);
  });

  it('[G9] draw nothing with the one that is left of two', () => {
    down(1, 'touch', 100, 100);
    down(2, 'touch', 200, 100);
    up(2, 'touch');
    const { camera } = sheet;
    move(1, 'touch', 300, 300);
    expect(sheet.camera).toBe(camera);
    up(1, 'touch');
    down(3, 'touch', 10, 10);
    expect(sheet.story).toBe('StartStroke Undo StartStroke');
  });

  it('[G9] keep a stroke that was meant when a second one comes late', () => {
    down(1, 'touch', 100, 100);
    move(1, 'touch', 150, 100);
    time += 500;
    down(2, 'touch', 300, 300);
    expect(sheet.story).toBe('StartStroke ExtendStroke EndStroke');
    expect(sheet.board.shapes.size).toBe(1);
  });

  it('stand still while a third comes and goes', () => {
    down(1, 'touch', 100, 100);
    down(2, 'touch', 200, 100);
    down(3, 'touch', 300, 300);
    up(3, 'touch');
    move(2, 'touch', 300, 100);
    expect(sheet.camera.zoom).toBeCloseTo(2);
  });
});

describe('a pen in use', () => {
  it('[G10] makes the hand that rests beside it do nothing', () => {
    down(1, 'pen', 100, 100);
    expect(down(2, 'touch', 140, 160)).toBe(false);
    move(2, 'touch', 145, 165);
    move(1, 'pen', 120, 100);
    up(1, 'pen');
    expect(down(3, 'touch', 140, 160)).toBe(false);
    expect(sheet.story).toBe('StartStroke ExtendStroke EndStroke');
    expect(sheet.camera).toEqual({ x: 0, y: 0, zoom: 1 });
  });

  it('[G10] takes back what the palm drew before the pen came', () => {
    down(1, 'touch', 300, 300);
    move(1, 'touch', 302, 301);
    down(2, 'pen', 100, 100);
    move(1, 'touch', 310, 310);
    move(2, 'pen', 150, 100);
    up(2, 'pen');
    expect(sheet.board.shapes.size).toBe(1);
    expect(sheet.strokes[0]?.[0]).toMatchObject({ x: 100, y: 100 });
  });

  it('[G10] leaves fingers the sheet, and the drawing again when it has long been away', () => {
    move(1, 'pen', 10, 10);
    time += 5_000;
    down(2, 'touch', 100, 100);
    move(2, 'touch', 120, 100);
    up(2, 'touch');
    expect(sheet.camera.x).toBe(-20);
    expect(sheet.story).toBe('');
    time += 90_000;
    down(3, 'touch', 100, 100);
    expect(sheet.story).toBe('StartStroke');
  });
});

it('the hand moves the sheet back where it is taken back', () => {
  tool = hand;
  down(1, 'touch', 100, 100);
  move(1, 'touch', 104, 100);
  down(2, 'touch', 200, 100);
  expect(sheet.camera).toEqual({ x: 0, y: 0, zoom: 1 });
});
