// How long to stay away after a connection was lost: full jitter (M. Brooker, "Exponential Backoff and Jitter"),
// so that the clients of a restarted server do not all come back at once.

/** The longest that the first wait can be, in ms; each further one can be twice as long. */
const FIRST = 250;
/** The longest that any wait can be, in ms. */
const LONGEST = 10_000;
/** Below this no wait is worth a timer, in ms. */
const SHORTEST = 20;

/** Ms to wait before attempt number `attempt` (from 0) to connect again. `random` is from 0 up to 1. */
export function backoff(attempt: number, random: number): number {
  const longest = Math.min(LONGEST, FIRST * 2 ** Math.min(attempt, 16));
  return Math.max(SHORTEST, Math.round(random * longest));
}
