/** A choice between two that outlives the page, where the browser lets it. */
class KeptFlag {
  readonly #key: string;
  #on = $state(false);

  constructor(key: string, usual: boolean) {
    this.#key = key;
    this.#on = read(key) ?? usual;
  }

  get on(): boolean {
    return this.#on;
  }

  toggle(): void {
    this.#on = !this.#on;
    try {
      localStorage.setItem(this.#key, this.#on ? 'on' : 'off');
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

function read(key: string): boolean | null {
  try {
    const kept = localStorage.getItem(key);
    return kept === null ? null : kept === 'on';
  } catch {
    return null;
  }
}

/** What this browser shows around the things on a sheet, from board to board. */
export const viewChoice = {
  /** A map of the board. */
  map: new KeptFlag('retrace.map', false),
  /** In the past, a small picture of the present. */
  present: new KeptFlag('retrace.present', true),
  /** Dots on the sheet. */
  grid: new KeptFlag('retrace.grid', true),
  /** What is drawn, moved and stretched keeps to the dots. */
  snap: new KeptFlag('retrace.snap', false),
};
