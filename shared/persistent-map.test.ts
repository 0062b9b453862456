import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  deleteFrom,
  differences,
  draftOf,
  emptyMap,
  getFrom,
  MapSurvey,
  type PersistentMap,
  setIn,
  valuesOf,
} from './persistent-map.ts';

const step = fc.tuple(fc.constantFrom('set', 'delete'), fc.integer({ min: 0, max: 200 }), fc.integer());

function after(
  steps: readonly (readonly [string, number, number])[],
  from = emptyMap<number>(),
): PersistentMap<number> {
  return steps.reduce((map, [what, key, value]) => {
    return what === 'set' ? setIn(map, `key ${key}`, value) : deleteFrom(map, `key ${key}`);
  }, from);
}

function plain(steps: readonly (readonly [string, number, number])[]): Map<string, number> {
  const map = new Map<string, number>();
  for (const [what, key, value] of steps) {
    if (what === 'set') map.set(`key ${key}`, value);
    else map.delete(`key ${key}`);
  }
  return map;
}

const sorted = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);

describe('a persistent map', () => {
  test('holds what a Map holds, after any steps', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
        const map = after(steps);
        const expected = plain(steps);
        expect(map.size).toBe(expected.size);
        for (const [key, value] of expected) expect(getFrom(map, key)).toBe(value);
        expect(sorted(valuesOf(map))).toEqual(sorted(expected.values()));
      }),
    );
  });

  test('is a value: later steps change nothing in it, in a draft too', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.array(step, { maxLength: 200 }), (first, second) => {
        const map = after(first);
        const before = sorted(valuesOf(map));
        const draft = draftOf(map);
        for (const [what, key, value] of second) {
          if (what === 'set') draft.set(`key ${key}`, value);
          else draft.delete(`key ${key}`);
        }
        const done = draft.done();
        expect(sorted(valuesOf(map))).toEqual(before);
        expect(sorted(valuesOf(done))).toEqual(sorted(plain([...first, ...second]).values()));
        expect(done.size).toBe(plain([...first, ...second]).size);
      }),
    );
  });

  test('tells exactly what differs between two maps', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.array(step, { maxLength: 40 }), (first, second) => {
        const before = after(first);
        const told = new Map<string, [number | undefined, number | undefined]>();
        const isAll = differences(before, after(second, before), (key, old, now) => void told.set(key, [old, now]));
        expect(isAll).toBe(true);
        const was = plain(first);
        const is = plain([...first, ...second]);
        const expected = [...new Set([...was.keys(), ...is.keys()])].filter((key) => was.get(key) !== is.get(key));
        expect([...told.keys()].sort()).toEqual(expected.sort());
        for (const [key, [old, now]] of told) expect([old, now]).toEqual([was.get(key), is.get(key)]);
        let heard = 0;
        const few = differences(before, after(second, before), () => (++heard === 3 ? false : undefined));
        expect([few, heard]).toEqual([told.size < 3, Math.min(3, told.size)]);
      }),
    );
  });

  test('is surveyed part by part: what maps share is looked at once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), fc.array(step, { maxLength: 40 }), (first, second) => {
        let looks = 0;
        const survey = new MapSurvey<number, number>(
          (values) => {
            looks += values.length;
            return values.reduce((sum, value) => sum + value, 0);
          },
          (sums) => sums.reduce((sum, value) => sum + value, 0),
        );
        const before = after(first);
        const next = after(second, before);
        const sumOf = (steps: typeof first): number => [...plain(steps).values()].reduce((sum, one) => sum + one, 0);
        expect(survey.of(before)).toBe(sumOf(first));
        expect(survey.of(next)).toBe(sumOf([...first, ...second]));
        looks = 0;
        expect([survey.of(before), survey.of(next), looks]).toEqual([sumOf(first), sumOf([...first, ...second]), 0]);
        survey.forget();
        survey.of(next);
        expect(looks).toBe(next.size);
      }),
    );
  });

  test('a step at 100 000 entries shares all but one path', () => {
    const draft = draftOf(emptyMap<number>());
    for (let i = 0; i < 100_000; i++) draft.set(`shape ${i}`, i);
    const before = draft.done();
    const next = setIn(before, 'shape 50000', -1);
    let changed = 0;
    differences(before, next, () => void changed++);
    expect(changed).toBe(1);
    expect(getFrom(before, 'shape 50000')).toBe(50_000);
  });
});
