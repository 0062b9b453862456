import type { Asker } from '../../in-turn.ts';
import type { HttpRequest } from '../listener.ts';

/** Who asks, for what is done in turn. */
export const askerOf = ({ remoteAddress, signal }: HttpRequest): Asker => ({ address: remoteAddress, signal });
