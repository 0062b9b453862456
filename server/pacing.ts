// How long a board rests after a commit, so that many updates share one commit and one frame for each reader.

/** The share of this thread that one board's commits may take, before it gathers longer. */
const BUSY_SHARE = 0.2;
/** Longest rest in ms of a board on which little happens: the most that gathering adds to an update's way. */
const MAX_GATHERING = 14;
/** Longest rest in ms of a board that keeps the thread busy: what comes meanwhile makes the next batch longer too. */
const MAX_FAIR = 8;
/** A commit costs about as much as twenty sends: with ten readers it pays when this many commands share it. */
const COMMANDS_PER_COMMIT = 11;
/** Commands a second up to which a board answers at once: five people who draw; and from which it gathers in full. */
const QUIET_RATE = 350;
const BUSY_RATE = 600;
/** Over how long the rate is taken, in ms. */
const MEMORY = 250;

/** One board's pace: at once when there is little to do, gathering as it gets more. */
export class Pacer {
  #rate = 0;
  #at = 0;

  /** Ms to rest after a batch of `commands` that ended at `now` and kept the thread busy for `busy` ms. */
  rest(commands: number, busy: number, now: number): number {
    const kept = Math.exp(-(now - this.#at) / MEMORY);
    this.#rate = this.#rate * kept + (commands / MEMORY) * 1000;
    this.#at = now;
    const gathering = Math.min(1, Math.max(0, (this.#rate - QUIET_RATE) / (BUSY_RATE - QUIET_RATE)));
    const shared = Math.min(MAX_GATHERING, gathering * (COMMANDS_PER_COMMIT / this.#rate) * 1000);
    const fair = Math.min(MAX_FAIR, busy / BUSY_SHARE - busy);
    return Math.max(shared, fair) || 0;
  }
}
