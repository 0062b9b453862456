import { expect, test } from 'vitest';
import type { NumberedCommand } from '../../../shared/command.ts';
import type { BoardId, ClientId } from '../../../shared/ids.ts';
import { samplesAt, startStroke } from '../../../shared/testing/peers.ts';
import { EVERYTHING, type OutboxStore } from './outbox-store.ts';

const board = 'OutboxBoard00001' as BoardId;
const otherBoard = 'OutboxBoard00002' as BoardId;
const ann = 'ann_________.1' as ClientId;
const annToo = 'ann_________.2' as ClientId;

const rename = (number: number): NumberedCommand => ({ number, command: { type: 'RenameBoard', title: `${number}` } });
const numbers = (from: number, to: number): NumberedCommand[] =>
  Array.from({ length: to - from + 1 }, (_, i) => rename(from + i));

/** What every outbox store keeps. `open` gives the same store again, as a page does that is loaded anew. */
export function testOutboxStore(name: string, make: () => { open: () => OutboxStore }): void {
  const stored = async (store: OutboxStore, client = ann, of = board): Promise<readonly number[]> =>
    ((await store.load(of)).get(client) ?? []).map(({ number }) => number);

  test(`[C1] ${name}: what was written is there for the next page, in order and as it was`, async () => {
    const { open } = make();
    const stroke: NumberedCommand = { number: 2, command: startStroke(7, samplesAt([1, 2], [3.5, -4])) };
    await open().write(board, ann, { drop: 0, put: [rename(10), rename(11)] });
    await open().write(board, ann, { drop: 0, put: [stroke, rename(9)] });
    expect((await open().load(board)).get(ann)).toEqual([stroke, rename(9), rename(10), rename(11)]);
  });

  test(`[C1] ${name}: an empty store is empty, and so is a board that nobody drew on`, async () => {
    const store = make().open();
    expect(await store.load(board)).toEqual(new Map());
    await store.write(board, ann, { drop: 0, put: numbers(1, 2) });
    expect(await store.load(otherBoard)).toEqual(new Map());
  });

  test(`[C3] ${name}: dropping takes what is settled and nothing else`, async () => {
    const store = make().open();
    await store.write(board, ann, { drop: 0, put: numbers(1, 300) });
    await store.write(board, annToo, { drop: 0, put: numbers(1, 3) });
    await store.write(otherBoard, ann, { drop: 0, put: numbers(1, 3) });
    await store.write(board, ann, { drop: 298, put: [rename(301)] });
    expect(await stored(store)).toEqual([299, 300, 301]);
    expect(await stored(store, annToo)).toEqual([1, 2, 3]);
    expect(await stored(store, ann, otherBoard)).toEqual([1, 2, 3]);
  });

  test(`[C3] ${name}: everything of a client can be replaced at once`, async () => {
    const store = make().open();
    await store.write(board, ann, { drop: 0, put: [rename(5), rename(8)] });
    await store.write(board, ann, { drop: EVERYTHING, put: numbers(5, 6) });
    expect(await stored(store)).toEqual([5, 6]);
    await store.write(board, ann, { drop: EVERYTHING, put: [] });
    expect(await store.load(board)).toEqual(new Map());
  });

  test(`[C1] ${name}: a command written twice is there once, as it was written last`, async () => {
    const store = make().open();
    await store.write(board, ann, { drop: 0, put: numbers(1, 2) });
    const last: NumberedCommand = { number: 2, command: { type: 'Undo' } };
    await store.write(board, ann, { drop: 0, put: [last] });
    expect((await store.load(board)).get(ann)).toEqual([rename(1), last]);
  });
}
