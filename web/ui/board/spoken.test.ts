import { expect, test } from 'vitest';
import type { Author } from '../../../shared/board.ts';
import { boardOf, strokeOf } from '../../../shared/testing/stroke.ts';
import { creditOf, spokenChange, spokenSelection } from './spoken.ts';

const author = (name: string, settled: number): Author => ({
  client: `${name.padEnd(12, '_')}.1` as Author['client'],
  name,
  color: 'red',
  settled,
  gesture: 0,
  stroke: null,
  done: [],
  undone: [],
});
const shape = { ...strokeOf({ points: [[0, 0]], kind: 'rectangle' }), attributes: { text: 'Plan', locked: true } };
const board = boardOf([shape], { authors: [author('Ada', 3), author('Bram', 2)] });

test('what is selected is said with its kind, its text and who made it', () => {
  expect(spokenSelection([shape], board)).toBe('Rectangle “Plan”, by Ada, locked selected');
  expect(spokenSelection([shape, shape], board)).toBe('2 things selected');
  expect(spokenSelection([], board)).toBe('');
});

test('whose a shape is, who changed and who erased it', () => {
  expect(creditOf(shape, board)).toBe('Rectangle by Ada');
  const touched = { transform: { by: 2, gesture: 1 }, text: { by: 1, gesture: 2 } };
  expect(creditOf({ ...shape, touched, erasure: { by: 2, gesture: 3 } }, board)).toBe(
    'Rectangle by Ada, changed by Bram, erased by Bram',
  );
});

test('what others did is said, and not what one did oneself', () => {
  const more = boardOf([shape, strokeOf({ points: [[1, 1]], number: 2 })], {
    authors: [author('Ada', 4), author('Bram', 5)],
  });
  expect(spokenChange(board, more, 1)).toBe('Bram added 1; 2 things on the board');
  expect(spokenChange(board, more, 0)).toBe('Ada and 1 more added 1; 2 things on the board');
  expect(spokenChange(board, board, 1)).toBe('');
});
