import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../board.ts';
import type { ImageId } from '../ids.ts';
import { valuesOf } from '../persistent-map.ts';
import { kinds } from '../shapes/kinds.ts';
import { shownShapes } from '../shapes/stack.ts';
import { usualStyle } from '../style.ts';
import { packCommit } from '../wire/codec.ts';
import { DRAWN_SHEET, randomDrawing } from './random-drawing.ts';

const images = ['JIsPCahHz7vVnfUA8Y3yKXQJ1xqB_kV-0v1xXn5eYQE' as ImageId];

test('random drawings have every kind of shape, everything of a style, every act, and things cut by frames', () => {
  const seen = new Set<string>();
  let framed = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const commits = randomDrawing({ seed, acts: 160, images });
    const events = commits.flatMap((commit) => commit.events);
    for (const { event } of events) {
      seen.add(event.type);
      if ('step' in event) seen.add(event.step);
    }
    const board = fold(emptyBoard, events);
    if (shownShapes(board, DRAWN_SHEET).some(({ clip }) => clip)) framed++;
    for (const { kind, style, attributes } of valuesOf(board.shapes)) {
      for (const word of [kind, ...Object.keys(style), ...Object.keys(attributes)]) seen.add(word);
    }
  }
  const acts = ['StrokeStarted', 'StrokeExtended', 'StrokeEnded', 'StrokeCut', 'ShapePlaced', 'ShapesMoved'];
  const changes = ['ShapesChanged', 'ShapesErased', 'ShapesRestored', 'undo', 'redo'];
  const settings = ['transform', 'text', 'locked', 'group', 'link', 'alt', 'image', 'from', 'to', 'ends'];
  const all = [...Object.keys(kinds), ...Object.keys(usualStyle), ...acts, ...changes, ...settings];
  expect(all.filter((word) => !seen.has(word))).toEqual([]);
  expect(framed).toBeGreaterThan(10);
});

test('a seed gives the same drawing, byte for byte', () => {
  const [one, other] = [1, 1].map((seed) => randomDrawing({ seed, acts: 100, images }).map(packCommit));
  expect(one).toEqual(other);
});
