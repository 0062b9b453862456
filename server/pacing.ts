// How long a board rests after a commit, so that many updates share one frame for each reader.

/** The share of this thread that one board's commits may take, before it gathers longer. */
const BUSY_SHARE = 0.2;
/** Longest rest in ms: the most that gathering adds to an update's way. */
const MAX_REST = 12;
/** Rest that a batch of commands earns by itself, in ms for each beyond the first. */
const REST_PER_COMMAND = 1;
/** Most of that, in ms. */
const MAX_SHARED_REST = 4;

/**
 * Ms to rest after a batch of `commands` that kept the thread busy for `busy` ms. A lone command rests nothing, so an
 * idle board answers at once; where several came together more are about to, and waiting for them costs a frame less
 * for every reader; and whatever the load, no board takes more than its share of the thread.
 */
export const restAfter = (commands: number, busy: number): number =>
  Math.min(
    MAX_REST,
    Math.max(Math.min(MAX_SHARED_REST, (commands - 1) * REST_PER_COMMAND), busy / BUSY_SHARE - busy),
  );
