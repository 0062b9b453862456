import { expect, it } from 'vitest';
import type { ShapeId } from '../../shared/ids.ts';
import { testSheet, way } from '../testing/sheet.ts';
import { hand } from './hand.ts';
import { rectangle } from './shapes.ts';

it('[G19] a press of the hand opens the link of the thing, a drag moves the sheet', () => {
  const sheet = testSheet();
  const [first, ...rest] = way([0, 0], [100, 50], 6);
  const drawing = first && rectangle.begin(first, 'mouse', sheet);
  drawing?.move(rest);
  drawing?.end();
  const [box] = sheet.selection as [ShapeId];
  const link = 'https://example.org/';
  sheet.propose({ type: 'ChangeShapes', gesture: sheet.nextGesture(), shapes: [box], settings: [{ link }] });

  const drag = (from: [number, number], to: [number, number]): void => {
    const [start, ...then] = way(from, to, 4);
    const gesture = start && hand.begin(start, 'mouse', sheet);
    gesture?.move(then);
    gesture?.end();
  };
  drag([0, 25], [1, 25]);
  expect(sheet.opened).toEqual([link]);
  drag([500, 500], [501, 500]);
  drag([0, 25], [60, 25]);
  expect(sheet.opened).toEqual([link]);
  expect(sheet.camera.x).toBeLessThan(-50);
  const at = { x: 60, y: 25, pressure: 0.5, time: 0 };
  expect(hand.hover(at, sheet)).toEqual({ shape: 'Named', name: 'pointer' });
});
