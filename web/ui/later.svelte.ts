import { importAgain } from './import-again.ts';

/** ms until what could not be fetched is tried again. */
const AGAIN = 3000;

/** A module that is fetched when the page has nothing else to do; null until then. */
export function later<Module extends object>(load: () => Promise<Module>): { readonly module: Module | null } {
  let module = $state.raw<Module | null>(null);
  // The server may be away just now.
  const start = (): void =>
    void importAgain(load).then(
      (here) => (module = here),
      () => setTimeout(start, AGAIN),
    );
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: 2000 });
  else setTimeout(start, 200);
  return {
    get module() {
      return module;
    },
  };
}
