import { expect, test } from 'vitest';
import { copyOf } from '../../../shared/copying.ts';
import type { ImageId } from '../../../shared/ids.ts';
import { IDENTITY } from '../../../shared/matrix.ts';
import { packClientMessage, unpackClientMessages } from '../../../shared/wire/codec.ts';
import { filesOfExcalidraw, shapesOfExcalidraw } from './excalidraw.ts';

const clipboard = (...elements: object[]): string => JSON.stringify({ type: 'excalidraw/clipboard', elements });

test('figures come with their looks and the text in them, lines with their points', () => {
  const shapes = shapesOfExcalidraw(
    clipboard(
      {
        id: 'a',
        type: 'rectangle',
        x: 10,
        y: 20,
        width: 30,
        height: 40,
        strokeColor: '#1e1e1e',
        strokeStyle: 'dashed',
      },
      { type: 'text', containerId: 'a', text: 'in it' },
      { type: 'arrow', x: 0, y: 0, points: [[0, 0], [50, 5]], strokeColor: '#e03131' }, // prettier-ignore
      { type: 'iframe', x: 0, y: 0 },
      { type: 'ellipse', x: 0, y: 0, width: 5, height: 5, isDeleted: true },
    ),
  );
  expect(shapes?.map(({ kind, style, attributes }) => ({ kind, style, attributes }))).toEqual([
    { kind: 'rectangle', style: { color: 'ink', width: 2, dash: 'dashed' }, attributes: { text: 'in it' } },
    { kind: 'arrow', style: { color: '#e03131', width: 2 }, attributes: {} },
  ]);
  expect(shapesOfExcalidraw('a text about excalidraw/clipboard')).toBeNull();
});

test('images come with their files, and arrows hold to what they were bound to', async () => {
  const text = JSON.stringify({
    type: 'excalidraw/clipboard',
    elements: [
      { id: 'box', type: 'rectangle', x: 0, y: 0, width: 9, height: 9 },
      { type: 'arrow', x: 0, y: 0, points: [[0, 0], [50, 5]], startBinding: { elementId: 'box' }, endBinding: { elementId: 'gone' } },
      { type: 'image', fileId: 'one', x: 0, y: 0, width: 30, height: 20 },
      { type: 'image', fileId: 'two', x: 0, y: 0, width: 30, height: 20 },
    ],
    files: {
      one: { dataURL: `data:image/png;base64,${btoa('some bytes')}` },
      two: { dataURL: 'data:image/png;base64,%%%' },
      three: null,
      four: { dataURL: 'https://example.org/a.png' },
    },
  }); // prettier-ignore
  const files = filesOfExcalidraw(text);
  expect([...files.keys()]).toEqual(['one']);
  expect([files.get('one')?.type, await files.get('one')?.text()]).toEqual(['image/png', 'some bytes']);
  const shapes = shapesOfExcalidraw(text, new Map([['one', 'A'.repeat(43) as ImageId]])) ?? [];
  expect(shapes.map(({ kind, attributes }) => [kind, attributes])).toEqual([
    ['rectangle', {}],
    ['arrow', { from: shapes[0]?.id }],
    ['image', { image: 'A'.repeat(43) }],
  ]);
  expect(shapesOfExcalidraw(text)).toHaveLength(2);
});

test('whatever numbers it has, what comes of it can be said to a server', () => {
  const wild = [1e300, -1e300, 0, -5, 1e6, Number.NaN, 'x', null];
  const elements = wild.flatMap((value) =>
    ['rectangle', 'freedraw', 'text', 'arrow'].map((type) => ({
      type,
      x: value,
      y: value,
      width: value,
      height: value,
      points: type === 'freedraw' ? [[value, 1]] : undefined,
      strokeWidth: value,
      strokeColor: value,
      fontSize: value,
      opacity: value,
      angle: value,
      text: value,
    })),
  );
  const shapes = shapesOfExcalidraw(clipboard(...elements)) ?? [];
  expect(shapes.length).toBeGreaterThan(20);
  for (const [i, shape] of shapes.entries()) {
    const command = copyOf(shape, { gesture: 1, number: i + 2, by: IDENTITY, group: '' });
    const message = { type: 'Command', number: 1, command } as const;
    expect(unpackClientMessages(packClientMessage(message))).toHaveLength(1);
  }
});
