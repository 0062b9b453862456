import type { Boards } from '../../boards.ts';
import { InTurn } from '../../in-turn.ts';
import { SNAPSHOT_VERSION } from '../../projections/snapshot-format.ts';
import { isRefusal, refuse } from '../answer.ts';
import { matches } from '../entity-tag.ts';
import type { Answer, Route } from '../router.ts';
import { askerOf } from './asker.ts';
import { boardFor, cacheScope } from './board-access.ts';
import { momentOf, tooManyMoments } from './moment.ts';

const MEDIA_TYPE = 'application/vnd.retrace.snapshot';
/** Moments that may wait for their turn: each may take a fold of all that came before it. */
const WAITING = { waiting: 256, each: 32 };

/** The board at a moment, whole, for who looks there before they have its history. */
export const boardSnapshot = (boards: Boards, inTurn = new InTurn(WAITING)): Route => ({
  method: 'GET',
  path: '/api/boards/:board/snapshot',
  async handle(request, params): Promise<Answer> {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const moment = momentOf(request.query.get('at') ?? '');
    if (!moment) {
      const must = 'at must be a revision, an ISO time with its zone, or milliseconds since 1970.';
      return refuse(400, 'BadRequest', must);
    }
    const asker = askerOf(request);
    const answer = async (): Promise<Answer> => {
      const board = await boards.boardAt(allowed.open, moment, asker);
      if (!board) return tooManyMoments;
      const { epoch } = boards.log;
      // Another version may make another board of the same events.
      const tag = `"${epoch}.${board.revision}.snapshot${SNAPSHOT_VERSION}"`;
      const headers = {
        'content-type': MEDIA_TYPE,
        'cache-control': `${cacheScope(allowed)}, no-cache`,
        'retrace-epoch': epoch,
        'retrace-revision': `${board.revision}`,
        vary: 'authorization',
        etag: tag,
      };
      if (matches(request.header('if-none-match'), tag)) return { status: 304, headers, body: '' };
      return { status: 200, headers, body: Buffer.concat(await boards.packed(board)) };
    };
    return (await inTurn.run(asker, answer)) ?? tooManyMoments;
  },
});
