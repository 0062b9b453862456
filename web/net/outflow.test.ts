import { describe, expect, test } from 'vitest';
import { FRAME_BYTES, framesOf, Outflow, WINDOW } from './outflow.ts';

const bytes = (length: number, value = 0): Uint8Array => new Uint8Array(length).fill(value);

describe('frames', () => {
  test('[C19] messages go together, in order, as long as the frame stays small', () => {
    expect(framesOf([bytes(3, 1), bytes(2, 2)])).toEqual([Uint8Array.of(1, 1, 1, 2, 2)]);
    const frames = framesOf(Array.from({ length: 100 }, (_, i) => bytes(1000, i)));
    expect(frames.map(({ length }) => length)).toEqual([32_000, 32_000, 32_000, 4000]);
    expect(frames.flatMap((frame) => [...frame])).toEqual(
      Array.from({ length: 100_000 }, (_, i) => Math.floor(i / 1000)),
    );
  });

  test('[C19] a message that is larger than a frame should be goes alone', () => {
    const lengths = framesOf([bytes(1), bytes(FRAME_BYTES + 1), bytes(1)]).map(({ length }) => length);
    expect(lengths).toEqual([1, FRAME_BYTES + 1, 1]);
  });

  test('nothing makes no frame', () => {
    expect(framesOf([])).toEqual([]);
  });
});

describe('allowance', () => {
  test('[C19] a few commands go at once', () => {
    expect(new Outflow(0).take(3, 0, 0, 0)).toEqual({ count: 3, again: null });
  });

  test('[C19] a full window opens with the next answer, not with time', () => {
    const outflow = new Outflow(0);
    expect(outflow.take(1000, 0, 0, 0)).toEqual({ count: WINDOW, again: null });
    expect(outflow.take(744, WINDOW, 0, 1)).toEqual({ count: 0, again: null });
    expect(outflow.take(744, WINDOW - 5, 0, 2)).toEqual({ count: 5, again: null });
  });

  test('[C19] in the long run the pace is kept, whatever the answers', () => {
    const outflow = new Outflow(0);
    let sent = 0;
    for (let now = 0; now <= 20_000; now += 50) sent += outflow.take(10_000, 0, 0, now).count;
    expect(sent).toBeGreaterThan(2000 + 150 * 19);
    expect(sent).toBeLessThanOrEqual(2000 + 150 * 20);
    expect(outflow.take(10_000, 0, 0, 20_000)).toEqual({ count: 0, again: expect.any(Number) as number });
  });

  test('[C19] while the network buffer is full nothing goes, and it is looked at again', () => {
    expect(new Outflow(0).take(1, 0, 300 * 1024, 0)).toEqual({ count: 0, again: 50 });
  });

  test('a clock that is set back does no harm', () => {
    const outflow = new Outflow(10_000);
    expect(outflow.take(5, 0, 0, 3000).count).toBe(5);
    expect(outflow.take(5, 0, 0, 3001).count).toBe(5);
  });
});
