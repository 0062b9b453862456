import type { AuthorNumber } from '../../shared/ids.ts';
import { everybodys, type Showing, type Whose } from '../../shared/whose.ts';

/** What was chosen of whose hands show in the past. [T16] */
export class WhoseChoice {
  #whose = $state.raw<Whose>(everybodys);

  get whose(): Whose {
    return this.#whose;
  }

  /** null: as they are. */
  show(numbers: readonly AuthorNumber[], showing: Showing | null): void {
    const whose = new Map(this.#whose);
    for (const number of numbers) {
      if (showing) whose.set(number, showing);
      else whose.delete(number);
    }
    this.#whose = whose;
  }

  showEverybody = (): void => {
    this.#whose = everybodys;
  };
}
