import { keyIn, type LinkedMoment, momentIn, type Route, routeOf } from './route.ts';

/** Where the page is. One for the page, as there is one address bar. */
class Router {
  #path = $state(location.pathname);
  #hash = $state(location.hash);
  #search = $state(location.search);
  readonly route: Route = $derived(routeOf(this.#path));
  /** The moment that the link is to; null: the present. */
  readonly moment: LinkedMoment | null = $derived(momentIn(this.#search));
  /** The secret of the link that the page was reached by. */
  readonly linkKey: string | null = $derived(keyIn(this.#hash));

  go(path: string): void {
    history.pushState(null, '', path);
    this.#read();
    scrollTo(0, 0);
  }

  #read(): void {
    this.#path = location.pathname;
    this.#hash = location.hash;
    this.#search = location.search;
  }

  /** Follows Back, Forward, links within the page, and another fragment in the address bar. Returns how to stop. */
  listen(): () => void {
    const onPop = (): void => this.#read();
    const onClick = (event: MouseEvent): void => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (link === null || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download'))
        return;
      if (event.defaultPrevented || event.button !== 0) return;
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.go(link.pathname + link.search + link.hash);
    };
    addEventListener('popstate', onPop);
    document.addEventListener('click', onClick);
    return () => {
      removeEventListener('popstate', onPop);
      document.removeEventListener('click', onClick);
    };
  }
}

export const router = new Router();
