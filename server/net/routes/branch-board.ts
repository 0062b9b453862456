import * as v from 'valibot';
import { MAX_TITLE_LENGTH } from '../../../shared/limits.ts';
import { accesses } from '../../../shared/roles.ts';
import { cleanText } from '../../../shared/text.ts';
import { boardLinks, hashesOf, newLinkKeys } from '../../access/board-links.ts';
import { isRefusal, json } from '../answer.ts';
import type { Route } from '../router.ts';
import { askerOf } from './asker.ts';
import { boardFor } from './board-access.ts';
import { badRequest, jsonBody, titleSchema } from './json-body.ts';
import { type MakingBoards, refusedForNow } from './making-boards.ts';
import { momentOf, tooManyMoments } from './moment.ts';

const bodySchema = v.strictObject(
  {
    at: v.optional(v.union([v.string(), v.number()], 'must be a revision or a time')),
    title: v.optional(titleSchema),
    access: v.optional(v.picklist(accesses, `must be one of ${accesses.join(', ')}`)),
  },
  (issue) => (issue.path ? 'is not known: there are at, title and access' : 'must be a JSON object'),
);

/** A new board that begins as another was at a moment, with all that led there. */
export const branchBoard = (making: MakingBoards): Route => ({
  method: 'POST',
  path: '/api/boards/:board/branches',
  async handle(request, params) {
    const allowed = await boardFor(making.boards, request, params);
    if (isRefusal(allowed)) return allowed;
    const body = await jsonBody(request, bodySchema);
    if (isRefusal(body)) return body;
    const { board } = allowed.open.host;
    const moment = body.at === undefined ? { revision: board.revision } : momentOf(`${body.at}`);
    if (!moment) return badRequest('at must be a revision, milliseconds since 1970, or an ISO time with its zone.');
    if ('revision' in moment && moment.revision > board.revision) {
      return badRequest(`at must be at most ${board.revision}, the board's last revision.`);
    }
    const refusal = refusedForNow(request, making);
    if (refusal) return refusal;
    const past = await making.boards.boardAt(allowed.open, moment, askerOf(request));
    if (!past) return tooManyMoments;
    if (past.revision === 0) return badRequest('at must not be before the board was made.');
    const title = body.title ?? cleanText(`${past.title || 'Untitled board'} (branch)`, MAX_TITLE_LENGTH);
    // As open as the board that it is from: whoever may only look at that one must not open it to everybody unawares.
    const access = body.access ?? board.access;
    const keys = newLinkKeys(access);
    const id = await making.boards.branch(allowed.open, past, { title, access, ...hashesOf(keys) });
    const links = boardLinks(id, keys);
    const origin = { board: allowed.id, revision: past.revision };
    return json(201, { id, title, access, origin, links }, { location: links.api });
  },
});
