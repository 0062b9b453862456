import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret part of a link: 144 random bits. Whoever holds the link holds what it allows. */
export const newLinkKey = (): string => randomBytes(18).toString('base64url');

/** What the log keeps of a secret, so that whoever reads the log cannot use the link. */
export const hashOfLinkKey = (key: string): string => digest(key).toString('base64url');

/** Takes the same time for every wrong key. */
export function opens(key: string, hash: string | null): boolean {
  if (hash === null) return false;
  const expected = Buffer.from(hash, 'base64url');
  const given = digest(key);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

const digest = (key: string): Buffer => createHash('sha256').update(key).digest();
