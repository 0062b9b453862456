import { randomBytes } from 'node:crypto';
import type { BoardId } from '../shared/ids.ts';

const LENGTH = 16;
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 95 random bits: an address that nobody comes upon by trying. */
export function newBoardId(): BoardId {
  let id = '';
  while (id.length < LENGTH) {
    // Bytes past the last whole run of characters are thrown away, so that each is as likely as the others.
    for (const byte of randomBytes(LENGTH))
      if (byte < 4 * CHARACTERS.length) id += CHARACTERS[byte % CHARACTERS.length];
  }
  return id.slice(0, LENGTH) as BoardId;
}
