import { expect, test } from 'vitest';
import { strokeOf } from './testing/stroke.ts';
import { everybodys, seenAs } from './whose.ts';

test('[T16] what an author drew is seen as it is, faintly, or not at all', () => {
  const shape = strokeOf({ points: [[0, 0]], style: { opacity: 0.8 } });
  const other = { ...shape, author: shape.author + 1 };
  expect(seenAs(shape, everybodys)).toBe(shape);
  expect(seenAs(shape, new Map([[shape.author, 'Hidden']]))).toBeNull();
  const whose = new Map([[shape.author, 'Faint']] as const);
  expect(seenAs(shape, whose)?.style.opacity).toBeCloseTo(0.12);
  expect(seenAs(shape, whose)).toBe(seenAs(shape, whose));
  expect(seenAs(other, whose)).toBe(other);
});
