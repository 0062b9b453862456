import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BoardId } from '../shared/ids.ts';

type VisitedBoards = typeof import('./visited-boards.ts');

let { listVisited, putVisited, removeVisited } = {} as VisitedBoards;

/** The next page of the same browser. */
async function nextPage(): Promise<void> {
  vi.resetModules();
  ({ listVisited, putVisited, removeVisited } = await import('./visited-boards.ts'));
}

beforeEach(async () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  await nextPage();
});
afterEach(() => vi.unstubAllGlobals());

const board = (number: number): BoardId => `VisitedBoard${String(number).padStart(4, '0')}` as BoardId;
const visit = (number: number, visitedAt = number) => ({ id: board(number), title: `Board ${number}`, visitedAt });
const picture = 'data:image/png;base64,AAAA';

test('[C28] the boards that were visited are there on the next page, the latest first', async () => {
  for (const number of [2, 3, 1]) await putVisited(visit(number));
  await nextPage();
  expect((await listVisited()).map(({ title }) => title)).toEqual(['Board 3', 'Board 2', 'Board 1']);
});

test('[C28] a new visit keeps the picture and the key that it does not bring', async () => {
  await putVisited({ ...visit(1), picture, key: 'key-of-the-link-1', seenAt: 77 });
  await putVisited({ ...visit(1, 9), title: 'Renamed' });
  expect(await listVisited()).toEqual([
    { id: board(1), title: 'Renamed', visitedAt: 9, picture, key: 'key-of-the-link-1', seenAt: 77 },
  ]);
  await putVisited({ ...visit(1, 10), picture: null });
  expect((await listVisited())[0]?.picture).toBeNull();
});

test('[C28] what is no picture, or no small one, is not taken for one', async () => {
  await putVisited({ ...visit(1), picture });
  await putVisited({ ...visit(1), picture: 'https://elsewhere.example/picture.png' });
  await putVisited({ ...visit(1), picture: `data:image/png;base64,${'A'.repeat(400_000)}` });
  expect((await listVisited())[0]?.picture).toBe(picture);
});

test('[C28] sixty are kept: the oldest go', async () => {
  for (let number = 1; number <= 64; number++) await putVisited(visit(number));
  const kept = await listVisited();
  expect(kept).toHaveLength(60);
  expect(kept.at(-1)?.title).toBe('Board 5');
});

test('[C28] one can be taken off the list', async () => {
  await putVisited(visit(1));
  await putVisited(visit(2));
  await removeVisited(board(2));
  expect((await listVisited()).map(({ title }) => title)).toEqual(['Board 1']);
});

test('[C28] a browser that refuses keeps the list as long as the page', async () => {
  vi.stubGlobal('indexedDB', {
    open: () => {
      throw new DOMException('Denied', 'SecurityError');
    },
  });
  await nextPage();
  await putVisited({ ...visit(1), picture });
  await putVisited(visit(2));
  await removeVisited(board(2));
  expect(await listVisited()).toEqual([{ ...visit(1), picture, key: null, seenAt: null }]);
});
