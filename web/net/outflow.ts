// How much may be sent now. The server closes connections that send too much at once: a long outbox is drained at a
// pace it takes, and nobody's network is stuffed with more than it can carry away.

/** Commands on the way without an answer. */
export const WINDOW = 256;
/** Commands a second in the long run, and at once: with pointing and pings below what the server allows. */
const PER_SECOND = 150;
const BURST = 2000;
/** Bytes that the browser may hold for the network before more is kept back. */
const MAX_BUFFERED = 256 * 1024;
/** Ms until a full network buffer is looked at again: browsers do not tell when it has drained. */
const LOOK_AGAIN = 50;
/** Bytes of one frame; a single command is always far below. */
export const FRAME_BYTES = 32 * 1024;

export interface Allowance {
  /** Commands that may go now. */
  readonly count: number;
  /** Ms until there may be more, where the time brings it; null where an answer does. */
  readonly again: number | null;
}

/** The allowance of one connection. Times are ms of any clock that does not go back. */
export class Outflow {
  #tokens = BURST;
  #at: number;

  constructor(now: number) {
    this.#at = now;
  }

  /** How many of `wanted` commands may go, with `unanswered` ones and `buffered` bytes on the way. They count as sent. */
  take(wanted: number, unanswered: number, buffered: number, now: number): Allowance {
    this.#tokens = Math.min(BURST, this.#tokens + (Math.max(0, now - this.#at) * PER_SECOND) / 1000);
    this.#at = now;
    if (buffered > MAX_BUFFERED) return { count: 0, again: LOOK_AGAIN };
    const window = Math.max(0, WINDOW - unanswered);
    const count = Math.min(wanted, window, Math.floor(this.#tokens));
    this.#tokens -= count;
    const paced = count < Math.min(wanted, window);
    return { count, again: paced ? LOOK_AGAIN : null };
  }
}

/** Packed messages put together to frames. */
export function framesOf(messages: readonly Uint8Array[]): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let from = 0; from < messages.length;) {
    let to = from;
    let bytes = 0;
    do bytes += messages[to++]?.length ?? 0;
    while (to < messages.length && bytes + (messages[to]?.length ?? 0) <= FRAME_BYTES);
    frames.push(concatenated(messages.slice(from, to), bytes));
    from = to;
  }
  return frames;
}

function concatenated(parts: readonly Uint8Array[], bytes: number): Uint8Array {
  const first = parts[0];
  if (first && parts.length === 1) return first;
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
