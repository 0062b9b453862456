import { expect, test } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import { accesses } from '../../shared/roles.ts';
import { boardLinks, hashesOf, newLinkKeys } from './board-links.ts';
import { hashOfLinkKey, newLinkKey, opens } from './link-key.ts';
import { roleFor } from './role.ts';

test('[N13] what a link allows: every access, with no key, each key, and a wrong one', () => {
  const table = accesses.map((access) => {
    const keys = newLinkKeys(access);
    const hashes = hashesOf(keys);
    const board = { access, editKeyHash: hashes.editKeyHash ?? null, viewKeyHash: hashes.viewKeyHash ?? null };
    const given = [undefined, null, '', 'wrong', keys.edit ?? 'none', keys.view ?? 'none'];
    return [access, ...given.map((key) => roleFor(board, key))];
  });
  expect(table).toEqual([
    ['edit', 'editor', 'editor', 'editor', 'editor', 'editor', 'editor'],
    ['view', 'viewer', 'viewer', 'viewer', 'viewer', 'owner', 'viewer'],
    ['private', null, null, null, null, 'owner', 'viewer'],
  ]);
});

test('[N13] a hash is no key, and a broken hash opens to nobody', () => {
  const key = newLinkKey();
  const hash = hashOfLinkKey(key);
  expect(opens(key, hash)).toBe(true);
  expect(opens(hash, hash)).toBe(false);
  expect(opens(key, 'short')).toBe(false);
  expect(opens(key, null)).toBe(false);
});

test('[N13] keys are never the same twice, and never in the path of a link', () => {
  expect(new Set(Array.from({ length: 200 }, newLinkKey)).size).toBe(200);
  const keys = newLinkKeys('private');
  const links = boardLinks('abcdefghijklmnop' as BoardId, keys);
  expect(links.edit).toBe(`/b/abcdefghijklmnop#key=${keys.edit}`);
  expect(links.view).toBe(`/b/abcdefghijklmnop#key=${keys.view}`);
  expect(new URL(links.edit, 'http://x').pathname).toBe('/b/abcdefghijklmnop');
  expect(boardLinks('abcdefghijklmnop' as BoardId, newLinkKeys('edit')).edit).toBe('/b/abcdefghijklmnop');
});
