import type { Boards } from '../../boards.ts';
import { type Refusal, refuse } from '../answer.ts';
import type { HttpRequest } from '../listener.ts';
import type { AddressLimit } from './address-limit.ts';
import { clientAddress } from './client-address.ts';

/** What every route has that makes boards: they share one limit. */
export interface MakingBoards {
  readonly boards: Boards;
  readonly limit: AddressLimit;
  readonly elapsed: () => number;
  readonly trustProxy: boolean;
}

/** Counts one more board of the request's address; the refusal where those were too many. */
export function refusedForNow(request: HttpRequest, { limit, elapsed, trustProxy }: MakingBoards): Refusal | null {
  if (limit.take(clientAddress(request, trustProxy), elapsed())) return null;
  return refuse(429, 'TooFast', 'Too many boards were made from this address. Try again in a minute.', {
    'retry-after': '60',
  });
}
