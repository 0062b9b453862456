import { lastValueFrom, toArray } from 'rxjs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import type { Commit } from '../../shared/event.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { packCommit } from '../../shared/wire/codec.ts';
import { httpHistory, type HistoryPage } from './history-source.ts';

const board = 'abcdefghijklmnop' as BoardId;
const session = generateSession({ seed: 8, authors: 2, events: 120 });
const head = session.flatMap((commit) => commit.events).length;

interface Answer {
  readonly commits?: readonly Commit[];
  readonly status?: number;
  readonly next?: number;
  readonly body?: Uint8Array<ArrayBuffer>;
}

function answerWith({ commits = [], status = 200, next, body }: Answer): Response {
  const bytes = body ?? Uint8Array.from(commits.flatMap((commit) => [...packCommit(commit)]));
  const headers = { 'retrace-epoch': 'epoch-01', 'retrace-head': String(head) };
  return new Response(bytes, {
    status,
    headers: next === undefined ? headers : { ...headers, 'retrace-next': String(next) },
  });
}

/** A server that answers in this order; an error is a network that fails. */
function serverWith(answers: readonly (Answer | Error)[]) {
  const urls: string[] = [];
  const signals: (AbortSignal | null | undefined)[] = [];
  const fetchPage = async (url: string, init: RequestInit): Promise<Response> => {
    const answer = answers[urls.length] ?? new Error('no more answers');
    urls.push(url);
    signals.push(init.signal);
    if (answer instanceof Error) throw answer;
    return answerWith(answer);
  };
  return { source: httpHistory(board, fetchPage), urls, signals };
}

const outage = new TypeError('fetch failed');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** All pages, or why there are no more, with time passing as fast as it is asked for. */
async function readAll(source: ReturnType<typeof httpHistory>): Promise<HistoryPage[] | Error> {
  const result = lastValueFrom(source.pages(0, null).pipe(toArray())).catch((error: Error) => error);
  await vi.advanceTimersByTimeAsync(60_000);
  return result;
}

describe('the pages of a history', () => {
  test('[T9] follow each other until the end', async () => {
    const { source, urls } = serverWith([
      { commits: session.slice(0, 20), next: 20 },
      { commits: session.slice(20, 50), next: 50 },
      { commits: session.slice(50) },
    ]);
    const pages = await readAll(source);
    expect(urls.map((url) => new URL(url, 'http://x').searchParams.get('after'))).toEqual(['0', '20', '50']);
    expect(urls[0]).toMatch(/^\/api\/boards\/abcdefghijklmnop\/events\?/);
    expect(urls.some((url) => url.includes('epoch'))).toBe(false);
    expect(pages).toMatchObject([{ next: 20, head, epoch: 'epoch-01' }, { next: 50 }, { next: null }]);
    expect((pages as HistoryPage[]).flatMap(({ commits }) => commits)).toEqual(session);
  });

  test('[T9] a passing failure is tried again, a page at a time', async () => {
    const { source, urls } = serverWith([
      outage,
      { commits: session.slice(0, 20), next: 20 },
      { status: 503 },
      { status: 429 },
      { commits: session.slice(20) },
    ]);
    expect(await readAll(source)).toHaveLength(2);
    expect(urls).toHaveLength(5);
  });

  test('[T9] an outage that lasts is said, after a few tries', async () => {
    const { source, urls } = serverWith([outage, outage, outage, outage, outage, outage]);
    expect(await readAll(source)).toMatchObject({ name: 'HistoryUnavailable', passing: true });
    expect(urls).toHaveLength(5);
  });

  test.each([
    ['a refusal', { status: 403 }],
    ['bytes that are no commits', { body: Uint8Array.of(0xc1, 2, 3) }],
    ['a page that leads back', { commits: session.slice(0, 5), next: 0 }],
  ])('[T9] %s is not asked for again', async (_what, answer) => {
    const { source, urls } = serverWith([answer]);
    expect(await readAll(source)).toMatchObject({ name: 'HistoryUnavailable', passing: false });
    expect(urls).toHaveLength(1);
  });

  test('[T9] leaving cancels the request', async () => {
    const { source, signals } = serverWith([{ commits: session.slice(0, 20), next: 20 }]);
    const subscription = source.pages(0, null).subscribe();
    subscription.unsubscribe();
    await vi.advanceTimersByTimeAsync(0);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });
});
