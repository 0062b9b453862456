import { createHash } from 'node:crypto';
import { lastValueFrom, of, toArray } from 'rxjs';
import { describe, expect, test } from 'vitest';
import type { Commit } from '../../shared/event.ts';
import { type Board, emptyBoard, fold } from '../../shared/board.ts';
import { History } from '../../shared/history.ts';
import type { BoardId, Epoch, Revision } from '../../shared/ids.ts';
import { lastRevision } from '../../shared/record.ts';
import { boardDifference } from '../../shared/testing/same-board.ts';
import { generateSession } from '../../shared/testing/session-generator.ts';
import { packSnapshot } from '../../shared/wire/board-codec.ts';
import { packCommit } from '../../shared/wire/codec.ts';
import { packSegment } from '../../shared/wire/segment-codec.ts';
import type { HistoryPage, HistorySource } from './history-source.ts';
import { sealedHistory, sealedStretches } from './sealed-history.ts';

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
    return { hash, content, after: commits[0]?.after ?? 0, last: commits.at(-1)?.last ?? 0, from: commits[0]?.at ?? 0 };
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
    const revision = /snapshot\?at=(\d+)$/.exec(url)?.[1];
    if (revision !== undefined) return snapshotAt(Number(revision));
    const hash = /segments\/(.+)$/.exec(url)?.[1];
    asked.push(hash === undefined ? 'list' : 'segment');
    if (hash === undefined) return Response.json(list);
    const content = contentOf(hash);
    return content ? new Response(Uint8Array.from(content)) : new Response(null, { status: 404 });
  };
  const around = sealedStretches(board, fetchPart);
  return { source: sealedHistory(board, pages, fetchPart), around, asked };
}

const foldTo = (revision: Revision): Board =>
  fold(
    emptyBoard,
    session.flatMap(({ events }) => events.filter((event) => event.revision <= revision)),
  );

function snapshotAt(revision: Revision): Response {
  const packed = Buffer.concat(packSnapshot(foldTo(revision)));
  return new Response(packed, { headers: { 'retrace-epoch': epoch } });
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

describe('[T25] what lies around an instant', () => {
  test.each([0, 1, 2, segments.length - 1])('comes with the board before it (segment %i)', async (i) => {
    const { around, asked } = serverWith(content);
    const { from } = segments[i]!;
    const { base, commits } = (await around(from))!;
    const history = new History(base);
    history.append(commits);
    const first = Math.max(0, i - 1);
    expect(base.revision).toBe(segments[first]!.after);
    expect(history.revision).toBe(segments[Math.min(i + 2, segments.length - 1)]!.last);
    expect(asked.filter((what) => what === 'segment').length).toBeLessThanOrEqual(4);
    const revision = segments[i]!.after + 1;
    expect(boardDifference(history.boardAt(revision), foldTo(revision))).toBeNull();
  });

  test('is nothing before the first segment, and where none is sealed', async () => {
    expect(await serverWith(content).around(session[0]!.at - 1)).toBeNull();
    expect(await serverWith(content, { segments: [], epoch }).around(session[9]!.at)).toBeNull();
  });

  test('is nothing where a part of it is missing or damaged', async () => {
    const damaged = serverWith((hash) => content(hash)?.map((byte, i) => (i === 40 ? byte ^ 1 : byte)) ?? null);
    for (const { around } of [serverWith(() => null), damaged]) {
      await expect(around(segments[2]!.from)).rejects.toThrow(Error);
    }
  });
});
