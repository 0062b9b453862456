import { createSubscriber } from 'svelte/reactivity';

/** ms between two looks: "12 s ago" need not be more exact. */
const TICK = 1_000;

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, TICK);
  return () => clearInterval(timer);
});

/** The time of this device, in ms. Whatever shows it follows it, and all of a page say the same. */
export function now(): number {
  subscribe();
  return Math.floor(Date.now() / TICK) * TICK;
}
