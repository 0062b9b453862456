import { createHash } from 'node:crypto';
import { lastValueFrom, of, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Commit } from '../../shared/event.ts';
import type { BoardId, Epoch, Revision } from '../../shared/ids.ts';
import { lastRevision } from '../../shared/record.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { packCommit } from '../../shared/wire/codec.ts';
import { packSegment } from '../../shared/wire/segment-codec.ts';
import type { HistoryPage, HistorySource } from './history-source.ts';
import { sealedHistory } from './sealed-history.ts';

const board = 'abcdefghijklmnop' as BoardId;
const epoch = 'epoch-01' as Epoch;
const session = generateSession({ seed: 8, authors: 3, events: 9000 });

const stored = (commit: Commit) => ({
  after: commit.after,
  last: lastRevision(commit),
  at: commit.at,
  bytes: packCommit(commit),
});

/** The session in segments of so many commits, but for its end. */
function sealed(size: number) {
  const end = session.length - 50;
  return Array.from({ length: Math.floor(end / size) }, (_, i) => {
    const commits = session.slice(i * size, (i + 1) * size).map(stored);
    const content = packSegment(commits);
    const hash = createHash('sha256').update(content).digest('base64url');
    return { hash, content, after: commits[0]?.after ?? 0, last: commits.at(-1)?.last ?? 0 };
  });
}

const segments = sealed(400);

/** A server with these segments, and what was asked of it. */
function serverWith(contentOf: (hash: string) => Uint8Array | null, list: object = { segments, epoch }) {
  const asked: string[] = [];
  const pages: HistorySource = {
    pages: (after) => {
      asked.push(`pages after ${after}`);
      return of({ commits: session.filter((commit) => lastRevision(commit) > after), epoch, head: 0, next: null });
    },
  };
  const fetchPart = async (url: string): Promise<Response> => {
    const hash = /segments\/(.+)$/.exec(url)?.[1];
    asked.push(hash === undefined ? 'list' : 'segment');
    if (hash === undefined) return Response.json(list);
    const content = contentOf(hash);
    return content ? new Response(Uint8Array.from(content)) : new Response(null, { status: 404 });
  };
  return { source: sealedHistory(board, pages, fetchPart), asked };
}

const content = (hash: string): Uint8Array | null => segments.find((each) => each.hash === hash)?.content ?? null;
const read = (source: HistorySource, after: Revision = 0): Promise<HistoryPage[]> =>
  lastValueFrom(source.pages(after, null).pipe(toArray()));
/** The revisions that come, each as often as it comes. */
const revisions = (pages: readonly HistoryPage[]): number[] =>
  pages.flatMap(({ commits }) => commits.flatMap(({ events }) => events.map(({ revision }) => revision)));
const all = session.flatMap(({ events }) => events.map(({ revision }) => revision));

describe('[T13] a history from its segments', () => {
  test('is all of it, and what is not sealed comes as pages', async () => {
    const { source, asked } = serverWith(content);
    expect(revisions(await read(source))).toEqual(all);
    expect(asked).toEqual(['list', ...segments.map(() => 'segment'), `pages after ${segments.at(-1)?.last}`]);
  });

  test.each([
    ['is missing', () => null],
    ['is damaged', (hash: string) => content(hash)?.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) ?? null],
  ])('where one %s, everything from there on comes as pages', async (_, spoil) => {
    const third = segments[2];
    const { source, asked } = serverWith((hash) => (hash === third?.hash ? spoil(hash) : content(hash)));
    expect(revisions(await read(source))).toEqual(all);
    expect(asked.at(-1)).toBe(`pages after ${third?.after}`);
  });

  test('of which much is known begins with the segment that goes on', async () => {
    const { source, asked } = serverWith(content);
    const known = segments[3]?.last ?? 0;
    const got = revisions(await read(source, known));
    expect(got).toEqual(all.filter((revision) => revision > known));
    expect(asked.filter((what) => what === 'segment')).toHaveLength(segments.length - 4);
  });

  test.each([
    ['another store', { segments, epoch: 'epoch-02' }],
    ['nonsense', { segments: 7, epoch }],
    ['no epoch', { segments }],
  ])('a list of %s is passed over', async (_, list) => {
    const { source, asked } = serverWith(content, list);
    const pages = await lastValueFrom(source.pages(0, epoch).pipe(toArray()));
    expect(revisions(pages)).toEqual(all);
    expect(asked).toEqual(['list', 'pages after 0']);
  });
});
