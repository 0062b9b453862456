import type { BoardEvent } from '../shared/event.ts';
import type { ClientId, Millis } from '../shared/ids.ts';

/** Shapes that a client may undo and redo in a second, in the long run, and how far ahead it may get. */
const SHAPES_PER_SECOND = 20_000;
const SHAPES_AHEAD = 100_000;

interface Debt {
  readonly shapes: number;
  /** Of a clock that never goes back. */
  readonly at: Millis;
}

/**
 * An undo of a few bytes can name every shape of a board, in the log and to every reader: so these are counted by the
 * shapes they turn round. One that goes over is allowed, or a great gesture could never be undone; the next one waits.
 */
export class TurnLimit {
  readonly #debts = new Map<ClientId, Debt>();

  /** Counts for a plan: nothing is owed before it is `settle`d. */
  tally(now: Millis): TurnTally {
    return new TurnTally(this.#debts, now);
  }
}

export class TurnTally {
  readonly #debts: Map<ClientId, Debt>;
  readonly #now: Millis;
  readonly #new = new Map<ClientId, number>();

  constructor(debts: Map<ClientId, Debt>, now: Millis) {
    this.#debts = debts;
    this.#now = now;
  }

  /** Whether these events of the client may be; if so, they count. */
  allows(client: ClientId, events: readonly BoardEvent[]): boolean {
    const turned = shapesTurnedBy(events);
    if (turned === 0) return true;
    const owed = this.#new.get(client) ?? this.#owedBefore(client);
    if (owed >= SHAPES_AHEAD) return false;
    this.#new.set(client, owed + turned);
    return true;
  }

  settle(): void {
    for (const [client, shapes] of this.#new) this.#debts.set(client, { shapes, at: this.#now });
  }

  #owedBefore(client: ClientId): number {
    const { shapes, at } = this.#debts.get(client) ?? { shapes: 0, at: this.#now };
    return Math.max(0, shapes - ((this.#now - at) * SHAPES_PER_SECOND) / 1000);
  }
}

/** Letters that come back with an undone change and weigh as much as a shape. */
const LETTERS_OF_A_SHAPE = 64;

/** What was done by hand was named one by one, and has been paid for. */
const shapesTurnedBy = (events: readonly BoardEvent[]): number =>
  events.reduce((sum, event) => sum + ('step' in event && event.step !== 'do' ? weightOf(event) : 0), 0);

/** In shapes: a long text that comes back to many weighs more than a colour does. */
function weightOf(event: BoardEvent & { readonly shapes: readonly unknown[] }): number {
  if (event.type !== 'ShapesChanged') return event.shapes.length;
  const letters = event.settings.reduce((sum, { text = '', alt = '' }) => sum + text.length + alt.length, 0);
  return event.shapes.length + Math.floor(letters / LETTERS_OF_A_SHAPE);
}
