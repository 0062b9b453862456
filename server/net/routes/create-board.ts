import * as v from 'valibot';
import { accesses } from '../../../shared/roles.ts';
import { boardLinks, hashesOf, newLinkKeys } from '../../access/board-links.ts';
import type { Boards } from '../../boards.ts';
import { isRefusal, json, refuse } from '../answer.ts';
import type { Route } from '../router.ts';
import type { AddressLimit } from './address-limit.ts';
import { clientAddress } from './client-address.ts';
import { jsonBody, titleSchema } from './json-body.ts';

const bodySchema = v.strictObject(
  {
    title: v.optional(titleSchema, ''),
    access: v.optional(v.picklist(accesses, `must be one of ${accesses.join(', ')}`), 'edit'),
  },
  (issue) => (issue.path ? 'is not known: there are title and access' : 'must be a JSON object'),
);

interface Options {
  readonly boards: Boards;
  readonly limit: AddressLimit;
  readonly elapsed: () => number;
  readonly trustProxy: boolean;
}

export const createBoard = ({ boards, limit, elapsed, trustProxy }: Options): Route => ({
  method: 'POST',
  path: '/api/boards',
  async handle(request) {
    if (!limit.take(clientAddress(request, trustProxy), elapsed())) {
      return refuse(429, 'TooFast', 'Too many boards were made from this address. Try again in a minute.', {
        'retry-after': '60',
      });
    }
    const body = await jsonBody(request, bodySchema);
    if (isRefusal(body)) return body;
    const { title, access } = body;
    const keys = newLinkKeys(access);
    const id = await boards.create({ title, access, ...hashesOf(keys) });
    const links = boardLinks(id, keys);
    return json(201, { id, title, access, links }, { location: links.api });
  },
});
