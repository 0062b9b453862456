import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Shape } from '../../shared/shapes/shape.ts';
import { boardOf, strokeOf, type StrokeLike } from '../../shared/testing/stroke.ts';
import { Scene } from './scene.ts';
import { type Area, TILE, type Tile, withArea, without } from './tile.ts';
import type { Brush } from './tile-brush.ts';
import { TileCache } from './tile-cache.ts';

/** What was painted, tile by tile: `0,0: 1 2` all of it, `0,0[10 10 40 40]: 2` a part, `0,0+: 3` over it. */
let story: string[];
let scene: Scene;
let cache: TileCache;

const never = (): boolean => false;

function testBrush(): Brush {
  let line = '';
  return {
    begin(_before, area, { left, top }) {
      line = `${left / TILE},${top / TILE}${area ? words(area) : '+'}:`;
    },
    paint: (item) => void (line += ` ${item.shape.id.split('/')[1]}`),
    sync: () => undefined,
    end() {
      story.push(line);
      return { width: TILE, height: TILE, close: () => undefined };
    },
  };
}

const words = ({ left, top, right, bottom }: Area): string =>
  right - left === TILE && bottom - top === TILE ? '' : `[${left} ${top} ${right} ${bottom}]`;

const stroke = (number: number, x: number, y: number, more: Partial<StrokeLike> = {}): Shape =>
  strokeOf({ number, points: [[x, y], [x + 40, y + 40]], ...more }); // prettier-ignore

function show(...shapes: Shape[]): string[] {
  scene.show(boardOf(shapes), cache);
  return work();
}

/** The four tiles around the origin, two to each side. */
const tiles = (): Tile[] =>
  [[0, 0], [1, 0], [0, 1], [1, 1]].map(([column = 0, row = 0]) => cache.level.make(column, row)); // prettier-ignore

function work(isTime = never): string[] {
  story = [];
  cache.work(tiles(), isTime);
  return story;
}

beforeEach(() => {
  scene = new Scene();
  cache = new TileCache(scene, testBrush);
});

describe('tiles', () => {
  it('[V5] are painted once, each with what lies in it, from the back to the front', () => {
    const painted = show(stroke(3, 10, 10), stroke(1, 20, 20), stroke(2, 490, 10));
    expect(painted).toEqual(['0,0: 1 2 3', '1,0: 2', '0,1:', '1,1:']);
    expect(work()).toEqual([]);
    expect(tiles().every((tile) => cache.isReady(tile))).toBe(true);
  });

  it('[V5] keep no bitmap where nothing is drawn', () => {
    show(stroke(1, 10, 10));
    expect(tiles().map((tile) => tile.bitmap !== null)).toEqual([true, false, false, false]);
  });

  it('[V6] get a new stroke painted over them, and nothing else again', () => {
    const one = stroke(1, 10, 10);
    show(one);
    expect(show(one, stroke(2, 490, 20))).toEqual(['0,0+: 2', '1,0+: 2']);
  });

  it('[V6] paint again only where a stroke was taken away', () => {
    const [one, two, far] = [stroke(1, 100, 100), stroke(2, 110, 110), stroke(3, 300, 300)];
    show(one, two, far);
    const [painted, ...others] = show(two, far);
    expect(others).toEqual([]);
    expect(painted).toMatch(/^0,0\[\d+ \d+ \d+ \d+\]: 2$/);
    const area = tiles()[0] && /\[(\d+) (\d+) (\d+) (\d+)\]/.exec(painted ?? '');
    expect(Number(area?.[1])).toBeLessThan(98);
    expect(Number(area?.[3])).toBeGreaterThan(142);
    expect(Number(area?.[3])).toBeLessThan(160);
  });

  it('[V7] get an old stroke back in its place, below what came later', () => {
    const [one, two, three] = [stroke(1, 100, 100), stroke(2, 110, 110), stroke(3, 120, 120)];
    show(one, three);
    expect(show(one, two, three)).toEqual([expect.stringMatching(/^0,0\[.*\]: 1 2 3$/)]);
  });

  it('paint two places apart as two, and those that meet as one', () => {
    const strokes = [stroke(1, 20, 20), stroke(2, 400, 400), stroke(3, 410, 410)];
    show(...strokes);
    expect(show()).toEqual([expect.stringMatching(/^0,0\[\d\d? .*\]:$/), expect.stringMatching(/^0,0\[3\d\d .*\]:$/)]);
  });

  it('[V8] stop when time is up and go on where they were', () => {
    const many = Array.from({ length: 600 }, (_, i) => stroke(i + 1, (i % 20) * 20, (i % 17) * 20));
    scene.show(boardOf(many), cache);
    let rounds = 1;
    while (!cache.work(tiles(), () => true)) rounds++;
    expect(rounds).toBeGreaterThan(4);
    expect(tiles().every((tile) => cache.isReady(tile))).toBe(true);
  });

  it('[V8] take in what changes while they are painted, without beginning again', () => {
    const many = Array.from({ length: 400 }, (_, i) => stroke(i + 1, 100, 100));
    scene.show(boardOf(many), cache);
    story = [];
    cache.work(tiles(), () => true);
    expect(story).toEqual([]);
    scene.show(boardOf([...many.slice(0, 390), stroke(500, 100, 100)]), cache);
    const painted = work()[0]?.split(' ').slice(1);
    expect(painted).toHaveLength(391);
    expect(painted?.at(-1)).toBe('500');
    expect(work()).toEqual([]);
  });

  it('[V8] paint again what changed behind the hand', () => {
    const many = Array.from({ length: 400 }, (_, i) => stroke(i + 1, 100, 100));
    scene.show(boardOf(many), cache);
    cache.work(tiles(), () => true);
    scene.show(boardOf(many.slice(1)), cache);
    const [first, ...others] = work();
    expect(first).toMatch(/^0,0: 1 2/);
    expect(others).toContainEqual(expect.stringMatching(/^0,0\[.*\]: 2 3/));
  });

  it('[V14] are all painted, in turn, though all is replaced before any could be painted to its end', () => {
    const many = Array.from({ length: 2400 }, (_, i) => stroke(i + 1, (i % 20) * 45, (i % 17) * 50));
    story = [];
    for (let frame = 0; frame < 120; frame++) {
      const from = (frame * 370) % 1501;
      scene.show(boardOf(many.slice(from, from + 900)), cache);
      cache.work(tiles(), () => true);
    }
    const painted = story.map((line) => line.split(':')[0]);
    expect(painted.length).toBeGreaterThan(8);
    expect(painted.slice(0, 8)).toEqual(['0,0', '1,0', '0,1', '1,1', '0,0', '1,0', '0,1', '1,1']);
    work();
    expect(tiles().every((tile) => cache.isReady(tile))).toBe(true);
  });

  it('[V14] all get what is new, and what is damaged is mended, though more is drawn in each frame than there is time for', () => {
    const old = Array.from({ length: 400 }, (_, i) => stroke(i + 1, (i % 20) * 45, (i % 17) * 50));
    show(...old);
    story = [];
    for (let frame = 0; frame < 24; frame++) {
      const news = Array.from({ length: 4 * frame }, (_, i) =>
        stroke(1000 + i, 100 + (i % 2) * 600, i % 4 < 2 ? 100 : 700),
      );
      scene.show(boardOf([...old.slice(frame > 3 ? 1 : 0), ...news]), cache);
      cache.work(tiles(), () => true);
    }
    const painted = story.map((line) => line.replace(/:.*/, ''));
    expect(new Set(painted.filter((name) => name.endsWith('+')))).toEqual(new Set(['0,0+', '1,0+', '0,1+', '1,1+']));
    expect(painted.some((name) => name.startsWith('0,0['))).toBe(true);
  });

  it('[V14] painted for a board that is no more are painted again', () => {
    const many = Array.from({ length: 400 }, (_, i) => stroke(i + 1, 100, 100));
    scene.show(boardOf(many), cache);
    cache.work(tiles(), () => true);
    expect(show(...many.slice(300)).findLast((line) => line.startsWith('0,0'))).toMatch(/^0,0: 301 302 .* 400$/);
  });

  describe('[V17] of which the board has the same shapes wherever in the past one is', () => {
    const here = [stroke(1, 100, 100), stroke(2, 110, 110), stroke(3, 300, 300), stroke(4, 600, 600)];
    /** A moment: so many shapes far away, other ones at each. */
    const far = (moment: number): Shape[] =>
      Array.from({ length: 200 }, (_, i) => stroke(1000 * moment + i, 50_000 + i * 100, 0));
    beforeEach(() => show(...here, ...far(1)));

    it('are not painted again', () => {
      expect(show(...here, ...far(2))).toEqual([]);
      expect(show(...here.slice(1), ...far(3))).toEqual([expect.stringMatching(/^0,0\[.*\]: 2$/)]);
      expect(tiles().every((tile) => cache.isReady(tile))).toBe(true);
    });

    it('are painted over with what is new on top', () => {
      const [five, six] = [stroke(5, 310, 310), stroke(6, 120, 310)];
      expect(show(...here, five, ...far(2))).toEqual(['0,0+: 5']);
      expect(show(...here, five, six, ...far(3))).toEqual(['0,0+: 6']);
      expect(show(...here, five, six, ...far(4))).toEqual([]);
      expect(show(...here, six, ...far(5))).toEqual([expect.stringMatching(/^0,0\[.*\]: 3$/)]);
    });

    it.each([0, 1])('have what is new painted once, where something out of sight is otherwise too (%i)', (turns) => {
      const sight = { minX: 90, minY: 90, maxX: 160, maxY: 160 };
      const rest = [...here.filter((_, i) => i !== 2), ...far(2)];
      scene.show(boardOf(rest), cache);
      story = [];
      cache.work(tiles(), never, sight);
      expect(story).toEqual([]);
      scene.show(boardOf([...rest, stroke(5, 110, 100)]), cache);
      for (let i = 0; i < turns; i++) cache.work([], never);
      const painted = work().filter((line) => line.split(' ').includes('5'));
      expect(painted).toHaveLength(1);
    });

    it('are painted anew where much is otherwise, or the order is', () => {
      const many = Array.from({ length: 90 }, (_, i) => stroke(10 + i, (i % 10) * 40, (i % 9) * 40));
      expect(show(...here, ...many, ...far(2))[0]).toMatch(/^0,0: 1 2 3 10 .* 99$/);
      expect(show(...here, ...far(3))).toEqual(['0,0: 1 2 3']);
      const [one, ...others] = here;
      expect(show({ ...one!, z: 9 }, ...others, ...far(4))).toEqual([expect.stringMatching(/^0,0.*: 2.* 1$/)]);
    });

    it('are painted anew where something looks otherwise that is the same', () => {
      cache.restacked({ minX: 90, minY: 90, maxX: 150, maxY: 150 });
      expect(show(...here, ...far(2))).toEqual(['0,0: 1 2 3']);
      cache.repaint();
      expect(show(...here, ...far(3))).toHaveLength(4);
      // While it is painted, too.
      const many = Array.from({ length: 400 }, (_, i) => stroke(10 + i, 100, 100));
      scene.show(boardOf([...many, ...far(4)]), cache);
      cache.work(tiles(), () => true);
      cache.restacked({ minX: -100, minY: -100, maxX: 600, maxY: 600 });
      expect(show(...many, ...far(5)).filter((line) => line.startsWith('0,0: '))).toHaveLength(2);
    });
  });

  it('[V18] are painted where they are in sight, and only then beside it', () => {
    const sight = { minX: 100, minY: 100, maxX: 700, maxY: 300 };
    scene.show(boardOf([stroke(1, 10, 10), stroke(2, 200, 200), stroke(3, 600, 200), stroke(4, 80, 280)]), cache);
    story = [];
    expect(cache.work(tiles(), never, sight)).toBe(true);
    expect(story).toEqual(['0,0[97 97 512 303]: 2 4', '1,0[0 97 191 303]: 3']);
    expect(tiles().every((tile) => cache.isReady(tile, sight))).toBe(true);
    expect(tiles().some((tile) => cache.isReady(tile))).toBe(false);
    expect(work().map((line) => line.replace(/\[.*\]/, ''))).toEqual(
      expect.arrayContaining(['0,0: 1', '0,0: 4', '0,1:', '1,1:']),
    );
    expect(tiles().every((tile) => cache.isReady(tile) && tile.blank.length === 0)).toBe(true);
  });

  it('[V18] take in what changes while a part of them is painted, and have it beside that part too', () => {
    const many = Array.from({ length: 400 }, (_, i) => stroke(i + 1, 100, 100));
    scene.show(boardOf(many), cache);
    const sight = { minX: 100, minY: 100, maxX: 300, maxY: 300 };
    story = [];
    cache.work(tiles(), () => true, sight);
    expect(story).toEqual([]);
    const next = boardOf([...many.slice(0, 399), stroke(500, 280, 280), stroke(501, 400, 400)]);
    scene.show(next, cache);
    cache.work(tiles(), never, sight);
    const painted = story[0]?.split(' ').slice(4);
    expect(painted?.slice(-2)).toEqual(['399', '500']);
    expect(story).toHaveLength(1);
    const rest = work().join('\n');
    expect(rest).toMatch(/500/);
    expect(rest).toMatch(/501/);
  });

  it('[V9] keep those of another scale for as long as there is room', () => {
    show(stroke(1, 10, 10));
    cache.setScale(2);
    expect(work()).toEqual(['0,0: 1', '1,0:', '0,1:', '1,1:']);
    cache.setScale(1);
    expect(work()).toEqual([]);
    show(stroke(1, 10, 10), stroke(2, 200, 200));
    cache.setScale(2);
    expect(work()).toEqual([expect.stringMatching(/^0,0\[.*\]: 2$/)]);
  });

  it('[V9] let go of those not seen for longest', () => {
    show(stroke(1, 10, 10));
    for (let i = 0; i < 40; i++) {
      cache.setScale(1 + i / 10);
      work();
      cache.saw(tiles());
    }
    expect([...cache.levels].flatMap((level) => [...level.tiles.values()]).length).toBeLessThanOrEqual(64);
    expect(tiles().every((tile) => cache.isReady(tile))).toBe(true);
  });

  it('are all painted again for another theme', () => {
    show(stroke(1, 10, 10));
    cache.setTheme('night');
    expect(work()).toHaveLength(4);
  });
});

describe('areas', () => {
  it('become one where they overlap, also by one that joins them', () => {
    const area = (left: number, right: number): Area => ({ left, top: 0, right, bottom: 10 });
    const apart = withArea(withArea([], area(0, 10)), area(20, 30));
    expect(apart).toHaveLength(2);
    expect(withArea(apart, area(5, 25))).toEqual([area(0, 30)]);
  });

  it('[V17] without another are what is left of them, once', () => {
    const side = fc.integer({ min: 0, max: 12 });
    const area = fc
      .tuple(side, side, side, side)
      .filter(([a, b, c, d]) => a < c && b < d)
      .map(([left, top, right, bottom]) => ({ left, top, right, bottom }));
    const holds = ({ left, top, right, bottom }: Area, x: number, y: number): boolean =>
      x >= left && x < right && y >= top && y < bottom;
    fc.assert(
      fc.property(area, area, (whole, taken) => {
        const rest = without([whole], taken);
        for (let x = 0; x < 12; x++) {
          for (let y = 0; y < 12; y++) {
            const times = rest.filter((one) => holds(one, x, y)).length;
            expect(times).toBe(holds(whole, x, y) && !holds(taken, x, y) ? 1 : 0);
          }
        }
      }),
    );
  });

  it('are never many', () => {
    let areas: readonly Area[] = [];
    for (let i = 0; i < 100; i++)
      areas = withArea(areas, { left: i * 5, top: i * 5, right: i * 5 + 2, bottom: i * 5 + 2 });
    expect(areas.length).toBeLessThanOrEqual(8);
  });
});
