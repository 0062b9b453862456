import { expect, test } from 'vitest';
import type { Command } from '../../shared/command.ts';
import type { ShapeId } from '../../shared/ids.ts';
import { samplesAt, startStroke } from '../../shared/testing/peers.ts';
import { waitingChanges } from './waiting-changes.ts';

const count = (...commands: readonly Command[]): number =>
  waitingChanges(commands.map((command, i) => ({ number: i + 1, command })));

const more: Command = { type: 'ExtendStroke', samples: samplesAt([1, 1]) };
const end: Command = { type: 'EndStroke' };
const erase = (gesture: number): Command => ({ type: 'EraseShapes', gesture, shapes: ['ann_________.1/1' as ShapeId] });

test('[C11] a stroke is one change, however long it is', () => {
  expect(count()).toBe(0);
  expect(count(startStroke(1), more, more, end)).toBe(1);
  expect(count(startStroke(1), end, startStroke(2), more)).toBe(2);
});

test('[C11] so is the rest of a stroke that began before, and one stroke of the eraser', () => {
  expect(count(more, end)).toBe(1);
  expect(count(erase(3), erase(3), erase(4))).toBe(2);
  expect(count(more, end, startStroke(2), { type: 'Undo' })).toBe(2);
});
