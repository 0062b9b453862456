import { describe, expect, it } from 'vitest';
import { boardIn, routeOf } from './route.ts';

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
      expect(boardIn(text, origin)).toBe(id);
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
      expect(boardIn(text, origin)).toBeNull();
    }
  });
});
