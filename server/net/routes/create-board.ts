import * as v from 'valibot';
import { accesses } from '../../../shared/roles.ts';
import { boardLinks, hashesOf, newLinkKeys } from '../../access/board-links.ts';
import { isRefusal, json } from '../answer.ts';
import type { Route } from '../router.ts';
import { jsonBody, titleSchema } from './json-body.ts';
import { type MakingBoards, refusedForNow } from './making-boards.ts';

const bodySchema = v.strictObject(
  {
    title: v.optional(titleSchema, ''),
    access: v.optional(v.picklist(accesses, `must be one of ${accesses.join(', ')}`), 'edit'),
  },
  (issue) => (issue.path ? 'is not known: there are title and access' : 'must be a JSON object'),
);

export const createBoard = (making: MakingBoards): Route => ({
  method: 'POST',
  path: '/api/boards',
  async handle(request) {
    const refusal = refusedForNow(request, making);
    if (refusal) return refusal;
    const body = await jsonBody(request, bodySchema);
    if (isRefusal(body)) return body;
    const { title, access } = body;
    const keys = newLinkKeys(access);
    const id = await making.boards.create({ title, access, ...hashesOf(keys) });
    const links = boardLinks(id, keys);
    return json(201, { id, title, access, links }, { location: links.api });
  },
});
