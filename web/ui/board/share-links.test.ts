import { describe, expect, it } from 'vitest';
import type { BoardId } from '../../../shared/ids.ts';
import { shareLinks } from './share-links.ts';

const id = 'Abcdefgh01234567' as BoardId;
const origin = 'https://draw.example';
const plain = `${origin}/b/${id}`;

describe('links to hand on', () => {
  it('is the plain link where that lets everybody draw, without a key that nobody needs', () => {
    expect(shareLinks(origin, id, 'edit', 'secret', 'editor')).toEqual([{ allows: 'draw', url: plain }]);
  });

  it('offers to draw only from who may draw', () => {
    expect(shareLinks(origin, id, 'view', 'secret', 'owner')).toEqual([
      { allows: 'draw', url: `${plain}#key=secret` },
      { allows: 'watch', url: plain },
    ]);
    expect(shareLinks(origin, id, 'view', 'wrong', 'viewer')).toEqual([{ allows: 'watch', url: plain }]);
  });

  it('of a private board is the own link', () => {
    expect(shareLinks(origin, id, 'private', 'look', 'viewer')).toEqual([
      { allows: 'watch', url: `${plain}#key=look` },
    ]);
    expect(shareLinks(origin, id, 'private', 'draw', 'owner')).toEqual([{ allows: 'draw', url: `${plain}#key=draw` }]);
  });
});
