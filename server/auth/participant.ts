import { createHash, randomBytes } from 'node:crypto';
import type { ParticipantId } from '../../shared/ids.ts';

/** Who holds this secret. One-way, so an id that everyone sees speaks for nobody. 72 bits. */
export const participantOfSecret = (secret: string): ParticipantId =>
  createHash('sha256').update(`retrace participant ${secret}`).digest('base64url').slice(0, 12) as ParticipantId;

/** Somebody who has not said who they are, for one connection. */
export const anonymousParticipant = (): ParticipantId => randomBytes(9).toString('base64url') as ParticipantId;
