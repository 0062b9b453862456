import type { Asker } from '../../in-turn.ts';
import type { HttpRequest } from '../listener.ts';
import { clientAddress } from './client-address.ts';

/** Who asks, for what is done in turn. */
export const askerOf = (request: HttpRequest, trustProxy: boolean): Asker => ({
  address: clientAddress(request, trustProxy),
  signal: request.signal,
});
