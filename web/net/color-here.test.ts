import { describe, expect, test } from 'vitest';
import type { Author } from '../../shared/board.ts';
import type { Color } from '../../shared/color.ts';
import { type ClientId, clientId, type ParticipantId } from '../../shared/ids.ts';
import type { Presence } from '../../shared/wire/message.ts';
import { colorHere, personColors, sharesColor } from './color-here.ts';

const client = (name: string, tab = 1): ClientId => clientId(name.padEnd(12, '_') as ParticipantId, tab);
const author = (name: string, color: Color): Author => {
  const nothing = { settled: 0, gesture: 0, stroke: null, done: [], undone: [] };
  return { client: client(name), name, color, ...nothing };
};
const person = (name: string, color: Color, connection: number, tab = 1): Presence => {
  return { connection, client: client(name, tab), name, color, role: 'editor', cursor: null, past: false };
};
const ada = { client: client('Ada'), connection: 5, color: 'blue' as Color };

describe('a colour that nobody chose', () => {
  test('[C31] stays as chance had it where nobody else has it', () => {
    expect(colorHere(ada, [], [])).toBe('blue');
    expect(colorHere(ada, [author('Bram', 'red')], [person('Cleo', 'green', 2)])).toBe('blue');
  });

  test('[C31] is another where somebody who is here, or drew here, has it: the next that is free', () => {
    expect(colorHere(ada, [], [person('Bram', 'blue', 2)])).toBe('violet');
    expect(colorHere(ada, [author('Bram', 'blue'), author('Cleo', 'violet')], [])).toBe('pink');
    expect(colorHere(ada, [author('Bram', 'blue'), author('Cleo', 'violet')], [person('Dora', 'pink', 9)])).toBe('red');
  });

  test('[C31] of two who come at once, the later one gives way, and only that one', () => {
    const bram = { client: client('Bram'), connection: 6, color: 'blue' as Color };
    expect(colorHere(ada, [], [person('Bram', 'blue', 6)])).toBe('blue');
    expect(colorHere(bram, [], [person('Ada', 'blue', 5)])).toBe('violet');
  });

  test('[C31] stays on a board where it was drawn in, and is the same in every tab', () => {
    const [first, others] = [author('Ada', 'teal'), [person('Bram', 'teal', 2)]];
    expect(colorHere(ada, [first], others)).toBe('teal');
    expect(colorHere({ ...ada, client: client('Ada', 2) }, [first], others)).toBe('teal');
    expect(colorHere({ ...ada, client: client('Ada', 2) }, [], [person('Ada', 'pink', 4)])).toBe('pink');
  });

  test('[C31] where none is free, is one that nobody has who is here, and else as chance had it', () => {
    const all = personColors.map((color, i) => author(`Author${i}`, color));
    expect(colorHere(ada, all, [person('Bram', 'blue', 2)])).toBe('violet');
    expect(colorHere(ada, all, personColors.map((color, i) => person(`Person${i}`, color, i)))).toBe('blue'); // prettier-ignore
  });

  test('[C31] eight people who all come with one colour have seven, whatever the order in which they hear of it', () => {
    const colors: Color[] = Array.from({ length: 8 }, () => 'blue');
    for (let round = 0; round < 20; round++) {
      for (const i of [3, 0, 7, 1, 6, 2, 5, 4]) {
        const people = colors.flatMap((color, k) => (k === i ? [] : person(`Person${k}`, color, k)));
        const own = { client: client(`Person${i}`), connection: i, color: colors[i] as Color };
        colors[i] = colorHere(own, [], people);
      }
    }
    expect(new Set(colors).size).toBe(personColors.length);
    expect(colors[0]).toBe('blue');
  });

  test('[C31] of more people than there are colours nobody changes theirs where one of them loads the page again', () => {
    interface Here {
      readonly name: string;
      connection: number;
      color: Color;
      isShared: boolean;
    }
    const here: Here[] = [];
    const others = (self: Here): Presence[] =>
      here.flatMap(({ name, color, connection }) => (name === self.name ? [] : person(name, color, connection)));
    const settle = (): void => {
      for (const self of here) {
        self.color = colorHere({ ...self, client: client(self.name) }, [], others(self));
        self.isShared ||= sharesColor({ ...self, client: client(self.name) }, others(self));
      }
    };
    for (let i = 0; i < 10; i++) {
      here.push({ name: `Person${i}`, connection: i, color: 'blue', isShared: false });
      settle();
    }
    for (const leaver of [3, 0, 9]) {
      const before = new Map(here.map(({ name, color }) => [name, color]));
      const [gone] = here.splice(
        here.findIndex(({ name }) => name === `Person${leaver}`),
        1,
      );
      settle();
      here.push({ ...gone!, connection: 20 + leaver, color: 'blue', isShared: false });
      settle();
      for (const { name, color } of here) if (name !== gone!.name) expect(color).toBe(before.get(name));
    }
  });
});
