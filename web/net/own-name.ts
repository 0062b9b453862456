import { authorWith } from '../../shared/board.ts';
import type { Color } from '../../shared/color.ts';
import type { Replica } from '../../shared/replica.ts';
import type { Self } from '../board-client.ts';
import { colorHere, sharesColor } from './color-here.ts';
import type { Others } from './others.ts';

/** What this person is called on one board, and in which colour, where they chose none for all. */
export class OwnName {
  readonly #self: () => Pick<Self, 'name' | 'color' | 'colorChosen'>;
  #colorHere: Color | null = null;
  #isShared = false;

  constructor(self: () => Pick<Self, 'name' | 'color' | 'colorChosen'>) {
    this.#self = self;
  }

  get color(): Color {
    const { color, colorChosen } = this.#self();
    return colorChosen ? color : (this.#colorHere ?? color);
  }

  /** What is to be told where the board, or who is on it, knows this replica under another name or colour; or null. */
  news({ author, optimistic }: Replica, { connection, people }: Others): { name: string; color: Color } | null {
    const { client } = author;
    const own = { client, connection, color: this.color };
    if (!this.#self().colorChosen) {
      const color = colorHere({ ...own, isShared: this.#isShared }, optimistic.authors, people);
      this.#colorHere = color;
      this.#isShared ||= sharesColor({ ...own, color }, people);
    }
    const { name } = this.#self();
    const { color } = this;
    const known = authorWith(optimistic, client) ?? author;
    return known.name === name && known.color === color ? null : { name, color };
  }
}
