import { BehaviorSubject, type Observable, Subject, Subscription } from 'rxjs';
import type { Commit } from '../../shared/event.ts';
import { History } from '../../shared/history.ts';
import type { Epoch, Revision } from '../../shared/ids.ts';
import { RevisionGap } from '../../shared/replica.ts';
import type { HistoryPage, HistorySource } from './history-source.ts';

export type LoadState =
  | { readonly state: 'Idle' }
  | { readonly state: 'Loading'; readonly known: Revision; readonly head: Revision }
  /** All is known, and commits are added as they are confirmed. */
  | { readonly state: 'Complete' }
  | { readonly state: 'Failed'; readonly message: string; readonly known: Revision; readonly head: Revision };

/** Live commits kept while the pages before them are fetched. The oldest beyond are let go, and fetched after all. */
const MAX_WAITING = 5_000;

/**
 * Fetches a board's history when it is asked for, then keeps it growing with what is confirmed live.
 * A hole between the two, as after a long sleep, is fetched; another epoch begins anew.
 */
export class HistoryLoader {
  #history = new History();
  #epoch: Epoch | null = null;
  #waiting: Commit[] = [];
  #pages: Subscription | null = null;
  readonly #source: HistorySource;
  readonly #liveEpoch: () => Epoch | null;
  readonly #live: Subscription;
  readonly #state = new BehaviorSubject<LoadState>({ state: 'Idle' });
  readonly #grew = new Subject<void>();

  readonly state$: Observable<LoadState> = this.#state;
  /** After `history` has grown or begun anew. */
  readonly grew$: Observable<void> = this.#grew;

  constructor(source: HistorySource, commits$: Observable<readonly Commit[]>, liveEpoch: () => Epoch | null) {
    this.#source = source;
    this.#liveEpoch = liveEpoch;
    this.#live = commits$.subscribe((commits) => this.#takeLive(commits));
  }

  get history(): History {
    return this.#history;
  }

  get state(): LoadState {
    return this.#state.value;
  }

  /** Fetches what is not known, unless that is going on. Also tries again after a failure. */
  load(): void {
    if (this.state.state === 'Complete' || this.#pages) return;
    const { revision } = this.#history;
    this.#state.next({ state: 'Loading', known: revision, head: Math.max(revision, this.#headKnown()) });
    // Pages may come at once, before `subscribe` has returned.
    const pages = new Subscription();
    this.#pages = pages;
    pages.add(
      this.#source.pages(revision, this.#epoch ?? this.#liveEpoch()).subscribe({
        next: (page) => this.#takePage(page),
        error: (error: unknown) => this.#fail(error),
        complete: () => this.#catchUp(),
      }),
    );
  }

  close(): void {
    this.#live.unsubscribe();
    this.#stopFetching();
    this.#state.complete();
    this.#grew.complete();
  }

  #takePage(page: HistoryPage): void {
    this.#epoch ??= page.epoch;
    if (page.epoch !== null && page.epoch !== this.#epoch) return this.#beginAnew(page.epoch);
    try {
      this.#history.append(page.commits);
    } catch (error) {
      return this.#fail(error);
    }
    this.#state.next({
      state: 'Loading',
      known: this.#history.revision,
      head: Math.max(page.head, this.#history.revision),
    });
    this.#grew.next();
  }

  /** The last page is in: now what came live meanwhile. */
  #catchUp(): void {
    this.#stopFetching();
    const waiting = this.#waiting;
    this.#waiting = [];
    // Before the state changes, so that whoever hears of it finds everything there.
    if (!this.#follows(waiting)) return this.#loadHole(waiting);
    this.#history.append(waiting);
    this.#state.next({ state: 'Complete' });
    this.#grew.next();
  }

  #takeLive(commits: readonly Commit[]): void {
    const epoch = this.#liveEpoch();
    if (epoch !== null && this.#epoch !== null && epoch !== this.#epoch) this.#beginAnew(epoch);
    if (this.state.state === 'Idle') return;
    if (this.state.state !== 'Complete') {
      this.#waiting = [...this.#waiting, ...commits].slice(-MAX_WAITING);
    } else if (this.#follows(commits)) {
      this.#history.append(commits);
      this.#grew.next();
    } else {
      this.#loadHole(commits);
    }
  }

  #follows(commits: readonly Commit[]): boolean {
    const [first] = commits;
    return !first || first.after <= this.#history.revision;
  }

  #loadHole(commits: readonly Commit[]): void {
    this.#waiting = [...commits];
    this.#state.next({ state: 'Idle' });
    this.load();
  }

  #beginAnew(epoch: Epoch): void {
    const wanted = this.state.state !== 'Idle';
    this.#stopFetching();
    this.#history = new History();
    this.#epoch = epoch;
    this.#waiting = [];
    this.#state.next({ state: 'Idle' });
    this.#grew.next();
    if (wanted) this.load();
  }

  #fail(error: unknown): void {
    this.#stopFetching();
    const message = error instanceof RevisionGap ? 'A part of it is missing.' : messageOf(error);
    this.#state.next({ state: 'Failed', message, known: this.#history.revision, head: this.#headKnown() });
  }

  #headKnown(): Revision {
    const { state } = this;
    const head = 'head' in state ? state.head : 0;
    const last = this.#waiting.at(-1);
    return Math.max(head, last ? last.after + last.events.length : 0);
  }

  #stopFetching(): void {
    this.#pages?.unsubscribe();
    this.#pages = null;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
