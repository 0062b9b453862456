import { defer, EMPTY, expand, Observable, retry, throwError, timeout, timer } from 'rxjs';
import type { Commit } from '../../shared/event.ts';
import { type BoardId, type Epoch, isEpoch, type Revision } from '../../shared/ids.ts';
import { unpackCommits } from '../../shared/wire/codec.ts';
import type { MomentSource, StretchSource } from './moment-source.ts';

/** Some commits of a board's history, in order. */
export interface HistoryPage {
  readonly commits: readonly Commit[];
  readonly epoch: Epoch | null;
  /** The board's last revision when the page was read. */
  readonly head: Revision;
  /** Where the next page goes on; null at the end. */
  readonly next: Revision | null;
}

export interface HistorySource {
  /**
   * The pages after a revision, one fetched after the other, until the end. Unsubscribing cancels. Pages of a known
   * epoch that have more behind them never change: they come from the browser's cache the second time.
   */
  pages(after: Revision, epoch: Epoch | null): Observable<HistoryPage>;
  /** The board at an instant that the pages do not reach yet, where that can be had sooner. */
  readonly boardAt?: MomentSource;
  /** The history around such an instant, likewise. */
  readonly around?: StretchSource;
}

/** A page could not be had. `passing`: trying again later may help. */
export class HistoryUnavailable extends Error {
  override readonly name = 'HistoryUnavailable';
  readonly passing: boolean;
  constructor(message: string, passing: boolean, options?: ErrorOptions) {
    super(message, options);
    this.passing = passing;
  }
}

/** Events of a page: unpacking and folding them takes less than a frame. */
const PAGE_EVENTS = 3_000;
/** Longest that a page may take, in ms. */
const PATIENCE = 30_000;
/** Times that a page is tried again, and the wait before the first, in ms; it doubles. */
const RETRIES = 4;
const FIRST_WAIT = 500;

type FetchPage = (url: string, init: RequestInit) => Promise<Response>;

/** The history as the server gives it over HTTP. */
export const httpHistory = (board: BoardId, fetchPage: FetchPage = (url, init) => fetch(url, init)): HistorySource => {
  const urlOf = (after: Revision, epoch: Epoch | null): string =>
    `/api/boards/${board}/events?after=${after}&limit=${PAGE_EVENTS}${epoch === null ? '' : `&epoch=${epoch}`}`;
  const page = (after: Revision, epoch: Epoch | null): Observable<HistoryPage> =>
    defer(() => request(urlOf(after, epoch), after, fetchPage)).pipe(
      timeout({
        first: PATIENCE,
        with: () => throwError(() => new HistoryUnavailable('The server took too long to answer.', true)),
      }),
      retry({
        count: RETRIES,
        delay: (error: unknown, failures) =>
          isPassing(error) ? timer(FIRST_WAIT * 2 ** (failures - 1)) : throwError(() => error),
      }),
    );
  return {
    pages: (after, epoch) => page(after, epoch).pipe(expand(({ next }) => (next === null ? EMPTY : page(next, epoch)))),
  };
};

const isPassing = (error: unknown): boolean => error instanceof HistoryUnavailable && error.passing;

const request = (url: string, after: Revision, fetchPage: FetchPage): Observable<HistoryPage> =>
  new Observable((subscriber) => {
    const abort = new AbortController();
    fetchPage(url, { headers: { accept: 'application/msgpack' }, signal: abort.signal }).then(
      async (response) => {
        try {
          subscriber.next(await readPage(response, after));
          subscriber.complete();
        } catch (error) {
          subscriber.error(asUnavailable(error));
        }
      },
      (error: unknown) => subscriber.error(asUnavailable(error)),
    );
    return () => abort.abort();
  });

/** What a person can do something about, in their words. */
const refusals: Readonly<Record<number, string>> = {
  401: 'This board is not open to you.',
  403: 'This board is not open to you.',
  404: 'There is no such board.',
};

async function readPage(response: Response, after: Revision): Promise<HistoryPage> {
  if (!response.ok) {
    const passing = response.status >= 500 || response.status === 429 || response.status === 408;
    const why = refusals[response.status] ?? `The server answered with ${response.status}.`;
    throw new HistoryUnavailable(why, passing);
  }
  const epoch = response.headers.get('retrace-epoch') ?? '';
  const head = revisionIn(response, 'retrace-head') ?? after;
  const next = revisionIn(response, 'retrace-next');
  if (next !== null && next <= after) throw new HistoryUnavailable('The server answered with a page before.', false);
  const commits = unpackBody(new Uint8Array(await response.arrayBuffer()));
  return { commits, epoch: isEpoch(epoch) ? epoch : null, head, next };
}

/** What cannot be unpacked will not get better by asking again. */
function unpackBody(bytes: Uint8Array): readonly Commit[] {
  try {
    return unpackCommits(bytes);
  } catch (error) {
    throw new HistoryUnavailable('The history could not be understood.', false, { cause: error });
  }
}

function revisionIn(response: Response, header: string): Revision | null {
  const text = response.headers.get(header);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Any other failure is the network's: `fetch` throws a TypeError for it, and so does a body that breaks off. */
const asUnavailable = (error: unknown): HistoryUnavailable =>
  error instanceof HistoryUnavailable
    ? error
    : new HistoryUnavailable('The server cannot be reached just now.', true, { cause: error });
