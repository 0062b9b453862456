import { webcrypto } from 'node:crypto';
import type { ImageId } from '../../shared/ids.ts';

/** The id that bytes have. Off this thread: megabytes take milliseconds. */
export async function imageIdOf(bytes: Uint8Array): Promise<ImageId> {
  const hash = await webcrypto.subtle.digest('SHA-256', bytes);
  return Buffer.from(hash).toString('base64url') as ImageId;
}
