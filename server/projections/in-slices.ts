import type { Steps } from '../../shared/steps.ts';
import type { Scheduler } from '../scheduler.ts';

export interface Slicing {
  readonly scheduler: Scheduler;
  /** Milliseconds that never go back. */
  readonly elapsed: () => number;
}

/** How long steps go on before others get their turn, in ms: with the last one it stays well below 5. */
const SLICE = 1.5;
/** What nobody waits for takes a fifth of the thread's time. */
const REST = 6;

/** How soon it is wanted. */
export type Haste = 'urgent' | 'idle' | 'give up';

export class GivenUp extends Error {
  override readonly name = 'GivenUp';
}

/** Does long work without keeping the thread for long. Asked before each slice. @throws GivenUp where `haste` says so */
export async function inSlices<T>(
  steps: Steps<T>,
  { scheduler, elapsed }: Slicing,
  haste: () => Haste = () => 'urgent',
): Promise<T> {
  for (let first = true; ; first = false) {
    const how = haste();
    if (how === 'give up') throw new GivenUp('There is no time left.');
    await new Promise<void>((resolve) => {
      if (how === 'urgent' || first) scheduler.soon(resolve);
      else scheduler.after(REST, resolve);
    });
    const until = elapsed() + SLICE;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (elapsed() < until);
  }
}
