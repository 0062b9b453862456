const key = 'retrace.map';

/** What this browser shows around the sheet, from board to board. */
class ViewChoice {
  #map = $state(readFlag());

  /** Whether there is a map of the board. */
  get map(): boolean {
    return this.#map;
  }

  set map(shown: boolean) {
    this.#map = shown;
    try {
      localStorage.setItem(key, shown ? 'shown' : 'hidden');
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

function readFlag(): boolean {
  try {
    return localStorage.getItem(key) === 'shown';
  } catch {
    return false;
  }
}

export const viewChoice = new ViewChoice();
