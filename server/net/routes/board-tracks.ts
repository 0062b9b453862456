import type { Boards } from '../../boards.ts';
import { hourOf, type TrackStore } from '../../tracks/track-store.ts';
import { isRefusal, json, refuse } from '../answer.ts';
import type { Answer, Route } from '../router.ts';
import { boardFor, cacheScope } from './board-access.ts';

const MEDIA_TYPE = 'application/vnd.retrace.tracks';

/** The hours since 1970 of which it is known what hands did. */
export const boardTrackHours = (boards: Boards, store: TrackStore): Route => ({
  method: 'GET',
  path: '/api/boards/:board/tracks',
  async handle(request, params): Promise<Answer> {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    return json(200, { hours: await store.hours(allowed.id) }, { 'cache-control': 'no-cache' });
  },
});

/** What hands did in an hour: nothing where that is not known. An hour that is long over does not change. */
export const boardTracks = (boards: Boards, store: TrackStore, now: () => number): Route => ({
  method: 'GET',
  path: '/api/boards/:board/tracks/:hour',
  async handle(request, params): Promise<Answer> {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const { hour = '' } = params;
    if (!/^\d{1,9}$/.test(hour)) return refuse(400, 'BadRequest', 'An hour is a whole number of hours since 1970.');
    const isOver = Number(hour) < hourOf(now()) - 1;
    return {
      status: 200,
      headers: {
        'content-type': MEDIA_TYPE,
        'cache-control': isOver ? `${cacheScope(allowed)}, max-age=86400` : 'no-cache',
        vary: 'authorization',
      },
      body: await store.read(allowed.id, Number(hour)),
    };
  },
});
