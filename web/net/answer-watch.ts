/** How long a server that can save may leave commands unanswered, in ms. */
const ANSWER_WITHIN = 30_000;

/** Notices when commands were sent and nothing becomes of them, though the connection lives. */
export class AnswerWatch {
  readonly #late: () => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #settled = 0;

  constructor(late: () => void) {
    this.#late = late;
  }

  /** To be told of every change: any answer gives the others their full time again. */
  update(sent: number, settled: number): void {
    if (settled !== this.#settled || sent === settled) this.stop();
    this.#settled = settled;
    if (sent > settled) this.#timer ??= setTimeout(this.#late, ANSWER_WITHIN);
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
