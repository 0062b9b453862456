import { Observable, type OperatorFunction } from 'rxjs';
import type { Scheduler } from './scheduler.ts';

/**
 * Gathers what comes while `work` runs and gives it to `work` as one batch when it is done: a lone value waits for
 * nothing, many values wait together. After each batch `work` says how long it wants to rest, in ms; what comes
 * meanwhile is gathered too. Completes when the source has and all was worked off; an error of `work` is final.
 */
export function batchWhileBusy<T>(
  work: (batch: readonly T[]) => Promise<{ readonly rest: number }>,
  scheduler: Scheduler,
): OperatorFunction<T, void> {
  return (source) =>
    new Observable((out) => {
      let waiting: T[] = [];
      let busy = false;
      let ended = false;

      const next = (): void => {
        if (waiting.length === 0) {
          busy = false;
          if (ended) out.complete();
          return;
        }
        const batch = waiting;
        waiting = [];
        work(batch).then(
          ({ rest }) => {
            out.next();
            if (rest > 0 && !ended) scheduler.after(rest, next);
            else next();
          },
          (error: unknown) => out.error(error),
        );
      };

      return source.subscribe({
        next(value) {
          waiting.push(value);
          if (busy) return;
          busy = true;
          scheduler.soon(next);
        },
        error: (error: unknown) => out.error(error),
        complete() {
          ended = true;
          if (!busy) out.complete();
        },
      });
    });
}
