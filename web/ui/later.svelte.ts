import type { Component } from 'svelte';

/** ms until what could not be loaded is tried again. */
const AGAIN = 3000;

/** A component that is loaded when the page has nothing else to do; null until then. */
export function later<Props extends Record<string, never> | object>(
  load: () => Promise<{ default: Component<Props & {}> }>,
): { readonly component: Component<Props & {}> | null } {
  let component = $state.raw<Component<Props & {}> | null>(null);
  // The server may be away just now.
  const start = (): void =>
    void load().then(
      (module) => (component = module.default),
      () => setTimeout(start, AGAIN),
    );
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: 2000 });
  else setTimeout(start, 200);
  return {
    get component() {
      return component;
    },
  };
}
