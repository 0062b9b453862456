import type { Boards } from '../../boards.ts';
import { type Refusal, refuse } from '../answer.ts';
import type { HttpRequest } from '../listener.ts';
import type { AddressLimit } from './address-limit.ts';

/** What every route has that makes boards: they share one limit. */
export interface MakingBoards {
  readonly boards: Boards;
  readonly limit: AddressLimit;
  readonly elapsed: () => number;
}

/** Counts one more board of the request's address; the refusal where those were too many. */
export function refusedForNow(request: HttpRequest, { limit, elapsed }: MakingBoards): Refusal | null {
  if (limit.take(request.remoteAddress, elapsed())) return null;
  return refuse(429, 'TooFast', 'Too many boards were made from this address. Try again in a minute.', {
    'retry-after': '60',
  });
}
