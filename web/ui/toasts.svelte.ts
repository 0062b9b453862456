export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'danger';
  readonly action?: { readonly label: string; readonly run: () => void };
}

export type ToastOptions = Partial<Pick<Toast, 'tone' | 'action'>>;

/** ms that a notice stays; one that offers something stays longer. */
const STAY = 6_000;
const STAY_WITH_ACTION = 10_000;
/** More than this at once would cover the sheet: the oldest goes. */
const MOST = 3;

/** Short notices at the edge of the page, read out by screen readers. */
class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** Shows a notice once: the same text again only starts its time anew. */
  show(text: string, { tone = 'plain', action }: ToastOptions = {}): void {
    const same = this.#list.find((toast) => toast.text === text && !toast.action && !action);
    if (same) return this.#start(same);
    const toast: Toast = { id: this.#next++, text, tone, ...(action && { action }) };
    for (const old of this.#list.slice(0, Math.max(0, this.#list.length + 1 - MOST))) this.dismiss(old.id);
    this.#list = [...this.#list, toast];
    this.#start(toast);
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }

  /** While somebody reads it with a pointer or focus on it, it stays. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  release(toast: Toast): void {
    if (this.#list.includes(toast)) this.#start(toast);
  }

  #start(toast: Toast): void {
    this.hold(toast.id);
    const stay = toast.action ? STAY_WITH_ACTION : STAY;
    this.#timers.set(
      toast.id,
      setTimeout(() => this.dismiss(toast.id), stay),
    );
  }
}

export const toasts = new Toasts();
