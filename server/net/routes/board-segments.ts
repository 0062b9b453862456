import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { Boards } from '../../boards.ts';
import { isRefusal, json, refuse } from '../answer.ts';
import type { Answer, Route } from '../router.ts';
import { boardFor, cacheScope } from './board-access.ts';

const MEDIA_TYPE = 'application/vnd.retrace.segment';
const decompress = promisify(brotliDecompress);

/** Which old commits are sealed, in order from the beginning; what follows the last is to be had as events. */
export const boardSegments = (boards: Boards): Route => ({
  method: 'GET',
  path: '/api/boards/:board/segments',
  async handle(request, params): Promise<Answer> {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const segments = (await boards.log.segments?.list(allowed.id)) ?? [];
    const next = segments.at(-1)?.last ?? 0;
    return json(200, { segments, next, epoch: boards.log.epoch }, { 'cache-control': 'no-cache' });
  },
});

/** A segment by its content: it never changes, and goes out as it is stored. */
export const boardSegment = (boards: Boards): Route => ({
  method: 'GET',
  path: '/api/boards/:board/segments/:hash',
  async handle(request, params): Promise<Answer> {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const packed = (await boards.log.segments?.packed(allowed.id, params['hash'] ?? '')) ?? null;
    if (!packed) return refuse(404, 'NoSuchSegment', 'This board has no segment with that hash.');
    const headers = {
      'content-type': MEDIA_TYPE,
      'cache-control': `${cacheScope(allowed)}, max-age=31536000, immutable`,
      vary: 'accept-encoding, authorization',
    };
    return takesBrotli(request.header('accept-encoding'))
      ? { status: 200, headers: { ...headers, 'content-encoding': 'br' }, body: packed }
      : { status: 200, headers, body: await decompress(packed) };
  },
});

const takesBrotli = (accepted: string): boolean => /(^|[,\s])br(?!\s*;\s*q=0(\.0*)?\s*(,|$))\s*(;|,|$)/i.test(accepted);
