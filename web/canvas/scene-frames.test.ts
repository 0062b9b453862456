import { describe, expect, it } from 'vitest';
import { boxOf } from '../../shared/geometry.ts';
import { rotation, translation } from '../../shared/matrix.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import { shownShapes } from '../../shared/shapes/stack.ts';
import { seededRandom } from '../../shared/testing/random.ts';
import { boardOf, strokeOf } from '../../shared/testing/stroke.ts';
import type { SceneItem } from './scene-item.ts';
import { Scene, type SceneListener } from './scene.ts';

const EVERYWHERE = boxOf(-5000, -5000, 10_000, 10_000);
const words = ({ shape, clip }: Pick<SceneItem, 'shape' | 'clip'>): string =>
  `${shape.id} ${clip ? clip.corners.map(({ x, y }) => `${x},${y}`).join(' ') : 'whole'}`;

const nothing = (): void => undefined;

/** What a scene shows, settled or not, and what a listener who takes in only changes has of the settled. */
class Follower implements SceneListener {
  readonly scene: Scene;
  readonly #known = new Set<SceneItem>();
  readonly #deaf = { added: nothing, removed: nothing, restacked: nothing, replaced: nothing };

  constructor(many?: number) {
    this.scene = new Scene(many);
  }

  added(item: SceneItem): void {
    expect(this.#known.has(item)).toBe(false);
    this.#known.add(item);
  }
  removed(item: SceneItem): void {
    expect(this.#known.delete(item)).toBe(true);
  }
  restacked(): void {}
  replaced(): void {
    this.#known.clear();
    for (const item of this.scene.stackIn(EVERYWHERE)) this.#known.add(item);
  }

  show(shapes: readonly Shape[]): void {
    this.scene.show(boardOf(shapes), this);
    const settled = this.scene.stackIn(EVERYWHERE);
    expect([...this.#known].map(words).sort()).toEqual(settled.map(words).sort());
    const all = [...settled, ...this.scene.open.values()].map(words);
    expect(all.sort()).toEqual(shownShapes(boardOf(shapes), EVERYWHERE).map(words).sort());
    const late = new Scene();
    late.show(boardOf(shapes), this.#deaf);
    expect([...this.scene.open.keys()].sort()).toEqual([...late.open.keys()].sort());
    for (const item of this.scene.open.values()) expect(this.scene.isOnTop(item)).toBe(true);
  }
}

const frame = strokeOf({ number: 1, kind: 'frame', points: [[0, 0], [200, 100]] }); // prettier-ignore
const across = strokeOf({ number: 2, points: [[100, 50], [400, 50]] }); // prettier-ignore

describe('frames on the screen', () => {
  it('[V12] cut what belongs to them, and let go of it', () => {
    const follower = new Follower();
    const boxes = (): number[] => follower.scene.stackIn(EVERYWHERE).map(({ bounds }) => bounds.maxX);
    follower.show([across]);
    const [whole = 0] = boxes();
    expect(whole).toBeGreaterThanOrEqual(400);
    follower.show([frame, across]);
    expect(boxes()[1]).toBe(200);
    follower.show([{ ...frame, attributes: { transform: translation(0, 60) } }, across]);
    expect(boxes()[1]).toBe(whole);
    follower.show([across]);
    expect(boxes()).toEqual([whole]);
  });

  it('[V15] cut what comes back as they are then, not as they were when it went', () => {
    const follower = new Follower();
    const far = { ...frame, attributes: { transform: translation(0, 600) } };
    const ends = (): readonly number[] =>
      follower.scene.stackIn(EVERYWHERE).flatMap(({ shape, bounds }) => (shape === across ? [bounds.maxX] : []));
    follower.show([frame, across]);
    const [cut = 0] = ends();
    follower.show([frame]);
    follower.show([far]);
    follower.show([far, across]);
    const [whole = 0] = ends();
    follower.show([far]);
    follower.show([frame, across]);
    expect([cut, whole > 399, ends()]).toEqual([200, true, [200]]);
    expect(follower.scene.clipOf(across)?.frame).toBe(frame.id);
  });

  it('[V12] cut a stroke while it is drawn', () => {
    const follower = new Follower();
    follower.show([frame]);
    for (const x of [150, 250, 350]) {
      follower.show([frame, strokeOf({ number: 2, points: [[100, 50], [x, 50]], open: true })]); // prettier-ignore
    }
    expect([...follower.scene.open.values()].map(({ bounds }) => bounds.maxX)).toEqual([200]);
    expect(follower.scene.shapesIn(boxOf(300, 0, 50, 100))).toEqual([]);
  });

  it('[V12] that only change their name change nothing', () => {
    const follower = new Follower();
    follower.show([frame, across]);
    const [, before] = follower.scene.stackIn(EVERYWHERE);
    follower.show([{ ...frame, attributes: { text: 'Plan' } }, across]);
    expect(follower.scene.stackIn(EVERYWHERE)[1]).toBe(before);
  });

  it('[V12] [V15] [V16] whatever changes, now or in the past, what is shown is as if it had been shown at once', () => {
    for (let seed = 1; seed <= 24; seed++) {
      const random = seededRandom(seed);
      const place = (): [number, number] => [Math.round(random() * 400), Math.round(random() * 400)];
      // What has one id has one ink, whoever brings it back.
      const inks = Array.from({ length: 15 }, () => [place(), place()]);
      const made = (number: number): Shape => {
        const kind = random() < 0.3 ? 'frame' : random() < 0.7 ? 'pen' : 'rectangle';
        return strokeOf({ number, kind, points: inks[number] ?? [], open: random() < 0.2 });
      };
      const shapes = new Map(Array.from({ length: 12 }, (_, i) => [i + 1, made(i + 1)]));
      // Some leap at each change, some where it is larger, some never.
      const follower = new Follower([0, 3, undefined][seed % 3]);
      const past: (readonly Shape[])[] = [];
      for (let step = 0; step < 30; step++) {
        for (let changes = 1 + random() * 3; changes > 0; changes--) {
          const number = 1 + Math.floor(random() * 14);
          const shape = shapes.get(number);
          const [x, y] = place();
          const way = random();
          if (!shape) shapes.set(number, made(number));
          else if (way < 0.15) shapes.delete(number);
          else if (way < 0.3) shapes.set(number, { ...shape, z: random() * 20 });
          else if (way < 0.4) shapes.set(number, { ...shape, open: !shape.open });
          else {
            const transform = way < 0.7 ? translation(x - 200, y - 200) : rotation(random() * 6, { x, y });
            shapes.set(number, { ...shape, attributes: { transform } });
          }
        }
        past.push([...shapes.values()]);
        follower.show(past.at(-1) ?? []);
        if (random() < 0.4) follower.show(past[Math.floor(random() * past.length)] ?? []);
      }
    }
  });
});
