import { setImmediate } from 'node:timers/promises';
import { type Board, fold } from '../../../shared/board.ts';
import type { Revision } from '../../../shared/ids.ts';
import { unpackCommits } from '../../../shared/wire/codec.ts';
import { commitToJson } from '../../../shared/wire/json.ts';
import type { Boards } from '../../boards.ts';
import { InTurn } from '../../in-turn.ts';
import type { PackedCommit } from '../../log/event-log.ts';
import { isRefusal, json, refuse } from '../answer.ts';
import { matches } from '../entity-tag.ts';
import type { HttpResponse } from '../listener.ts';
import type { Answer, Route } from '../router.ts';
import { askerOf } from './asker.ts';
import { boardFor, cacheScope } from './board-access.ts';
import { readEventPage } from './event-page.ts';
import { wholeNumber } from './query.ts';

const MEDIA_TYPE = 'application/msgpack';
const limits = {
  packed: { most: 100_000, fallback: 100_000 },
  json: { most: 10_000, fallback: 1000 },
} as const;
/** Pages of JSON that may wait for their turn: each takes this thread some 0.1 s for each MB of the log. */
const WAITING = { waiting: 256, each: 32 };
/** As the log keeps them they are cheaper; all that are read at once take their share of each turn of this thread. */
const PACKED_WAITING = { ...WAITING, atOnce: 2 };
/** Of the log, said in JSON before others get their turn. */
const BYTES_AT_ONCE = 8 * 1024;

/** The history in pages, as JSON or as the log keeps it. A page with more behind it never changes. */
export const boardEvents = (
  boards: Boards,
  turns = { json: new InTurn(WAITING), packed: new InTurn(PACKED_WAITING) },
): Route => ({
  method: 'GET',
  path: '/api/boards/:board/events',
  async handle(request, params): Promise<Answer> {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const form = request.header('accept').includes(MEDIA_TYPE) ? 'packed' : 'json';
    const after = wholeNumber(request.query, 'after', 0, { least: 0, most: Number.MAX_SAFE_INTEGER });
    const limit = wholeNumber(request.query, 'limit', limits[form].fallback, { least: 1, most: limits[form].most });
    if (typeof after === 'string') return refuse(400, 'BadRequest', after);
    if (typeof limit === 'string') return refuse(400, 'BadRequest', limit);

    const { id, open } = allowed;
    const asker = askerOf(request);
    const { epoch } = boards.log;
    const head = open.host.board.revision;
    const tag = `"${epoch}.${head}.${after}.${limit}.${form}"`;
    const common = { 'retrace-epoch': epoch, 'retrace-head': `${head}`, vary: 'accept, authorization' };
    const unchanged = { ...common, 'cache-control': 'no-cache', etag: tag };
    if (matches(request.header('if-none-match'), tag)) return { status: 304, headers: unchanged, body: '' };

    const page = async (): Promise<Answer> => {
      const commits = await readEventPage(boards.log, id, after, limit);
      const last =
        form === 'packed' ? (commits.at(-1)?.last ?? after) : Math.min(after + limit, commits.at(-1)?.last ?? after);
      const next = last < head ? last : null;
      const lasting = next !== null && request.query.get('epoch') === epoch;
      const headers = {
        ...common,
        ...(lasting
          ? { 'cache-control': `${cacheScope(allowed)}, max-age=31536000, immutable` }
          : { 'cache-control': 'no-cache', etag: tag }),
        ...(next === null ? {} : { 'retrace-next': `${next}` }),
      };
      if (form === 'packed') return packedPage(commits, headers);
      const before = await boards.boardAt(open, { revision: after }, asker);
      if (!before) return busy;
      const events = await jsonEvents(commits, before, last);
      const rest = JSON.stringify({ next, head, epoch }).slice(1);
      return { ...json(200, null, headers), body: `{"events":[${events.join()}],${rest}` };
    };
    return (await turns[form].run(asker, page)) ?? busy;
  },
});

const packedPage = (commits: readonly PackedCommit[], headers: Readonly<Record<string, string>>): HttpResponse => ({
  status: 200,
  headers: { 'content-type': MEDIA_TYPE, ...headers },
  body: Buffer.concat(commits.map(({ bytes }) => bytes)),
});

const busy = refuse(503, 'Busy', 'Too many pages of events are being read just now. Try again soon.', {
  'retry-after': '2',
});

/** The events behind `before` up to `last`, with their points where they lie on the board; each as JSON. */
async function jsonEvents(commits: readonly PackedCommit[], before: Board, last: Revision): Promise<string[]> {
  const said: string[] = [];
  let board = before;
  let unpaused = 0;
  for (const { bytes } of commits) {
    for (const commit of unpackCommits(bytes)) {
      const events = commit.events.filter(({ revision }) => revision > board.revision && revision <= last);
      const json = commitToJson(board, { after: board.revision, at: commit.at, events });
      said.push(...(json['events'] as unknown[]).map((event) => JSON.stringify(event)));
      board = fold(board, events);
    }
    unpaused += bytes.length;
    if (unpaused < BYTES_AT_ONCE) continue;
    unpaused = 0;
    await setImmediate();
  }
  return said;
}
