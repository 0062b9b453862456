import { catchError, concat, concatMap, defer, EMPTY, from, mergeMap, of, tap } from 'rxjs';
import { emptyBoard } from '../../shared/board.ts';
import { type BoardId, type Epoch, isEpoch, type Millis, type Revision } from '../../shared/ids.ts';
import type { HistoryPage, HistorySource } from './history-source.ts';
import { boardAt, type StretchSource } from './moment-source.ts';

type FetchPart = (url: string, init?: RequestInit) => Promise<Response>;

interface Segment {
  readonly hash: string;
  readonly after: Revision;
  readonly last: Revision;
  /** Of its first commit. */
  readonly from: Millis;
}

/** Below so many events, pages are here sooner than a list of segments is. */
const WORTH = 4_096;

/** Segments that come with the one in which an instant lies: before it, and after it. */
const [BEFORE, AFTER] = [1, 2];

/**
 * The history from its sealed segments, which any cache keeps for ever, and from where they end as pages. Where one of
 * them is missing, damaged or of a version that is not known, everything from there on comes as pages.
 */
export const sealedHistory = (board: BoardId, pages: HistorySource, fetchPart: FetchPart): HistorySource => ({
  pages: (after, epoch) =>
    defer(() => from(segmentsAfter(board, after, epoch, fetchPart))).pipe(
      catchError(() => of(NONE)),
      mergeMap(({ segments, epoch: store }) => {
        let known = after;
        const sealed = from(segments).pipe(
          concatMap((segment) => from(pageOf(board, segment, store, fetchPart))),
          tap(({ next }) => (known = next ?? known)),
        );
        const rest = defer(() => pages.pages(known, store ?? epoch));
        return concat(sealed.pipe(catchError(() => EMPTY)), rest);
      }),
    ),
});

/** The segments around an instant, behind the board that they follow. */
export const sealedStretches =
  (board: BoardId, fetchPart: FetchPart): StretchSource =>
  async (at) => {
    const { segments, epoch } = await segmentsAfter(board, 0, null, fetchPart);
    const here = segments.findLastIndex(({ from: begin }) => begin <= at);
    const near = segments.slice(Math.max(0, here - BEFORE), here + 1 + AFTER);
    const [first] = near;
    if (here < 0 || !first || epoch === null) return null;
    const [base, ...pages] = await Promise.all([
      first.after === 0 ? { board: emptyBoard, epoch } : boardAt(board, first.after, fetchPart),
      ...near.map((segment) => pageOf(board, segment, epoch, fetchPart)),
    ]);
    if (base?.epoch !== epoch || base.board.revision !== first.after) return null;
    return { base: base.board, commits: pages.flatMap(({ commits }) => commits), epoch };
  };

interface Sealed {
  readonly segments: readonly Segment[];
  readonly epoch: Epoch | null;
}
const NONE: Sealed = { segments: [], epoch: null };

async function segmentsAfter(
  board: BoardId,
  after: Revision,
  epoch: Epoch | null,
  fetchPart: FetchPart,
): Promise<Sealed> {
  // Only a secure page can check what it is given by its address.
  if (!('subtle' in crypto)) return NONE;
  const response = await fetchPart(`/api/boards/${board}/segments`);
  if (!response.ok) return NONE;
  const body = (await response.json()) as { segments?: unknown; epoch?: unknown };
  if (!Array.isArray(body.segments) || typeof body.epoch !== 'string' || !isEpoch(body.epoch)) return NONE;
  if (epoch !== null && epoch !== body.epoch) return NONE;
  const segments = (body.segments as Segment[]).filter(({ last }) => last > after);
  const events = (segments.at(-1)?.last ?? after) - after;
  return events < WORTH ? NONE : { segments, epoch: body.epoch };
}

/** @throws where it is not what its address says, or cannot be read */
async function pageOf(
  board: BoardId,
  { hash, last }: Segment,
  epoch: Epoch | null,
  fetchPart: FetchPart,
): Promise<HistoryPage> {
  const [{ unpackSegmentCommits }, response] = await Promise.all([
    import('../../shared/wire/segment-codec.ts'),
    fetchPart(`/api/boards/${board}/segments/${encodeURIComponent(hash)}`),
  ]);
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  const content = new Uint8Array(await response.arrayBuffer());
  if ((await hashOf(content)) !== hash) throw new Error('A segment is not what its address says.');
  return { commits: unpackSegmentCommits(content), epoch, head: last, next: last };
}

async function hashOf(content: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  return btoa(String.fromCharCode(...digest))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
