/** Whether a client that asks with `If-None-Match` has what this tag names. */
export const matches = (ifNoneMatch: string, tag: string): boolean =>
  ifNoneMatch.split(',').some((known) => known.trim().replace(/^W\//, '') === tag);
