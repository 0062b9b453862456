/** Work that is done one at a time, in the order it was asked for. */
export class InTurn {
  readonly #maxWaiting: number;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(maxWaiting: number) {
    this.#maxWaiting = maxWaiting;
  }

  /** Null, and nothing done, where too many wait, or whoever asked has gone before its turn. */
  async run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result | null> {
    if (this.#waiting >= this.#maxWaiting) return null;
    this.#waiting++;
    const result = this.#last.then(() => (signal.aborted ? null : work())).finally(() => this.#waiting--);
    this.#last = result.catch(() => {});
    return result;
  }
}
