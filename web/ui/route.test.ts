import { describe, expect, it } from 'vitest';
import { boardPathIn, keyIn, routeOf } from './route.ts';

const id = 'Abcdefgh01234567';
const origin = 'https://draw.example';

describe('routes', () => {
  it('knows home, boards and nothing else', () => {
    expect(routeOf('/')).toEqual({ page: 'Home' });
    expect(routeOf(`/b/${id}`)).toEqual({ page: 'Board', id });
    expect(routeOf(`/b/${id}/`)).toEqual({ page: 'Board', id });
    expect(routeOf('/b/short')).toEqual({ page: 'NotFound', board: true });
    expect(routeOf(`/b/${id}/more`)).toEqual({ page: 'NotFound', board: false });
    expect(routeOf('/settings')).toEqual({ page: 'NotFound', board: false });
  });

  it('finds the board in what somebody pastes', () => {
    for (const text of [id, ` ${id}\n`, `/b/${id}`, `${origin}/b/${id}`, `${origin}/b/${id}?at=12#x`]) {
      expect(boardPathIn(text, origin)).toBe(`/b/${id}`);
    }
  });

  it('opens nothing of another place, and no text that is not a board', () => {
    for (const text of [
      '',
      'hello',
      `https://other.example/b/${id}`,
      `${origin}/b/../x`,
      `${origin}/`,
      `javascript:1`,
    ]) {
      expect(boardPathIn(text, origin)).toBeNull();
    }
  });

  it('keeps the secret of a link, and drops everything else', () => {
    expect(boardPathIn(`${origin}/b/${id}?at=3#key=a-b_c&x=1`, origin)).toBe(`/b/${id}#key=a-b_c`);
    expect(keyIn('#key=')).toBeNull();
    expect(keyIn('')).toBeNull();
  });
});
