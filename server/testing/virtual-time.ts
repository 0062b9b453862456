import type { Scheduler } from '../scheduler.ts';

/** A clock that the test moves, and the calls that wait for their time. */
export class VirtualTime {
  now = Date.UTC(2026, 0, 1);
  readonly #calls = new Set<{ at: number; run: () => void }>();
  readonly scheduler: Scheduler = {
    soon: (run) => void setImmediate(run),
    after: (ms, run) => void this.after(ms, run),
  };

  after(ms: number, run: () => void): () => void {
    const call = { at: this.now + ms, run };
    this.#calls.add(call);
    return () => this.#calls.delete(call);
  }

  advance(ms: number): void {
    this.now += ms;
    for (const call of [...this.#calls].sort((a, b) => a.at - b.at)) {
      if (call.at > this.now || !this.#calls.delete(call)) continue;
      call.run();
    }
  }
}
