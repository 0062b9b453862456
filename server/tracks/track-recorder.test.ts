import { expect, test } from 'vitest';
import type { BoardId, ClientId } from '../../shared/ids.ts';
import type { Presence } from '../../shared/wire/message.ts';
import { type Track, unpackTracks } from '../../shared/wire/track-codec.ts';
import { trackMemory } from './track-memory.ts';
import { TrackRecorder } from './track-recorder.ts';
import { hourOf } from './track-store.ts';

const board = 'BoardAAAAAAAAAAA' as BoardId;
const START = 1_790_000_000_000;

class Clock {
  now = START;
  #waiting: { at: number; run: () => void }[] = [];
  readonly scheduler = {
    soon: (run: () => void) => run(),
    after: (ms: number, run: () => void) => void this.#waiting.push({ at: this.now + ms, run }),
  };
  go(ms: number): void {
    for (const end = this.now + ms; this.now < end;) {
      this.now += 20;
      const due = this.#waiting.filter(({ at }) => at <= this.now);
      this.#waiting = this.#waiting.filter(({ at }) => at > this.now);
      for (const { run } of due) run();
    }
  }
}

const store = trackMemory();
const failures: unknown[] = [];
const clock = new Clock();
const recorderOf = (id = board, kept = store) =>
  new TrackRecorder(id, {
    store: kept,
    now: () => clock.now,
    scheduler: clock.scheduler,
    failed: (error) => failures.push(error),
  });
const presence = (connection: number, change: Partial<Presence> = {}): Presence => ({
  connection,
  client: `AAAAAAAAAAAA.${connection}` as ClientId,
  name: `Person ${connection}`,
  color: 'blue',
  role: 'editor',
  cursor: null,
  past: false,
  ...change,
});
const kept = async (id = board): Promise<Track[]> => unpackTracks(await store.read(id, hourOf(START)));

test('[Q1] [Q2] hands are sampled five times a second, a piece every ten seconds, and resting ones not at all', async () => {
  const recorder = recorderOf();
  const began = clock.now;
  recorder.changed(presence(2, { cursor: { x: -5, y: 5 }, sight: { minX: 0, minY: 0, maxX: 800, maxY: 600 } }));
  for (let i = 0; i < 1000; i++) {
    recorder.changed(presence(1, { cursor: { x: i, y: 2 * i }, ...(i === 500 ? { laser: true } : {}) }));
    clock.go(20);
  }
  clock.go(60_000);
  await recorder.close();
  const tracks = await kept();
  expect(tracks.length).toBeGreaterThanOrEqual(2);
  expect(tracks.length).toBeLessThanOrEqual(3);
  const [first, last] = [tracks[0], tracks.at(-1)] as [Track, Track];
  const own = first.samples.filter(({ person }) => first.people[person]?.name === 'Person 1');
  expect(own.length).toBeGreaterThan(45);
  expect(own.length).toBeLessThanOrEqual(51);
  for (const { at, cursor } of own) expect(Math.abs((cursor?.x ?? 0) - (at - began) / 20)).toBeLessThanOrEqual(2);
  // Whoever rests is in each piece once, so that it stands for itself.
  const resting = (track: Track) => track.samples.filter(({ person }) => track.people[person]?.name === 'Person 2');
  expect(tracks.map((track) => resting(track).length)).toEqual(tracks.map(() => 1));
  expect(resting(last)[0]).toMatchObject({ cursor: { x: -5, y: 5 }, sight: { maxX: 800 } });
  const end = last.samples.findLast(({ person }) => last.people[person]?.name === 'Person 1');
  expect(end?.cursor).toEqual({ x: 999, y: 1998 });
});

test('[Q1] a piece is kept after ten seconds also where nobody moves any more', async () => {
  const id = 'BoardEEEEEEEEEEE' as BoardId;
  recorderOf(id).changed(presence(1, { cursor: { x: 1, y: 1 } }));
  clock.go(9_000);
  await expect(kept(id)).resolves.toHaveLength(0);
  clock.go(2_000);
  await expect(kept(id)).resolves.toHaveLength(1);
});

test('[Q3] who looks at the past points at nothing, and who leaves neither; names are those of the time', async () => {
  const id = 'BoardBBBBBBBBBBB' as BoardId;
  const recorder = recorderOf(id);
  recorder.changed(presence(1, { cursor: { x: 1, y: 1 } }));
  clock.go(400);
  recorder.changed(presence(1, { cursor: { x: 7, y: 7 }, past: true, sight: { minX: 0, minY: 0, maxX: 1, maxY: 1 } }));
  clock.go(400);
  recorder.changed(presence(1, { name: 'Renamed', cursor: { x: 2, y: 2 } }));
  clock.go(400);
  recorder.left(1);
  recorder.left(99);
  await recorder.close();
  const [track] = await kept(id);
  expect(track?.samples.map(({ cursor, sight }) => [cursor?.x ?? null, sight ?? null])).toEqual([
    [1, null],
    [null, null],
    [2, null],
    [null, null],
  ]);
  expect(track?.people.map(({ name }) => name)).toEqual(['Person 1', 'Renamed']);
});

test('[Q3] where nothing can be kept that is told, and nothing else happens', async () => {
  const full = { ...trackMemory(), append: () => Promise.reject(new Error('The disk is full.')) };
  const recorder = recorderOf(board, full);
  recorder.changed(presence(1, { cursor: { x: 1, y: 1 } }));
  clock.go(400);
  await recorder.close();
  expect(failures).toHaveLength(1);
});
