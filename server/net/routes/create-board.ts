import * as v from 'valibot';
import { MAX_TITLE_LENGTH } from '../../../shared/limits.ts';
import { accesses } from '../../../shared/roles.ts';
import { textFault } from '../../../shared/text.ts';
import { boardLinks, hashesOf, newLinkKeys } from '../../access/board-links.ts';
import type { Boards } from '../../boards.ts';
import { type Refusal, isRefusal, json, refuse } from '../answer.ts';
import { BodyTooLarge, type HttpRequest } from '../listener.ts';
import type { Route } from '../router.ts';
import type { AddressLimit } from './address-limit.ts';
import { clientAddress } from './client-address.ts';

const MAX_BODY_BYTES = 16 * 1024;

const titleSchema = v.pipe(
  v.string('must be text'),
  v.trim(),
  v.rawCheck(({ dataset, addIssue }) => {
    const fault = dataset.typed && textFault(dataset.value, 0, MAX_TITLE_LENGTH);
    if (fault) addIssue({ message: `must ${fault}` });
  }),
);

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
    const body = await bodyOf(request);
    if (isRefusal(body)) return body;
    const { title, access } = body;
    const keys = newLinkKeys(access);
    const id = await boards.create({ title, access, ...hashesOf(keys) });
    const links = boardLinks(id, keys);
    return json(201, { id, title, access, links }, { location: links.api });
  },
});

async function bodyOf(request: HttpRequest): Promise<v.InferOutput<typeof bodySchema> | Refusal> {
  const bytes = await request.body(MAX_BODY_BYTES).catch((error: unknown) => {
    if (error instanceof BodyTooLarge) return null;
    throw error;
  });
  if (!bytes) return refuse(413, 'TooLarge', `The body may have ${MAX_BODY_BYTES} bytes.`);
  const type = request.header('content-type');
  if (bytes.length > 0 && !/^application\/json\s*(;|$)/i.test(type)) {
    return refuse(415, 'WrongMediaType', 'The body must be JSON: send "Content-Type: application/json".');
  }
  const value = parsed(bytes);
  if (value === undefined) return badRequest('The body is not JSON.');
  if (Array.isArray(value)) return badRequest('The body must be a JSON object.');
  const result = v.safeParse(bodySchema, value);
  if (result.success) return result.output;
  return badRequest(
    result.issues.map((issue) => `${v.getDotPath(issue) ?? 'The body'} ${issue.message}`).join('; ') + '.',
  );
}

const badRequest = (message: string): Refusal => refuse(400, 'BadRequest', message);

function parsed(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return {};
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
