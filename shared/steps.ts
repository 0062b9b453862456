/**
 * Long work in pieces that others can come between: each `next` does one of them, about a millisecond at the most, and
 * the last one returns what came of it. What it works on must be a value.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** All steps at once. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
