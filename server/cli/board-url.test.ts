import { expect, test } from 'vitest';
import { liveAddressOf } from './board-url.ts';

test('[N26] the link that a browser shows leads to the socket, and keeps its key', () => {
  const live = '/api/boards/abcdefghijklmnop/live';
  expect(liveAddressOf('http://127.0.0.1:8787/b/abcdefghijklmnop')).toEqual({ address: `ws://127.0.0.1:8787${live}` });
  expect(liveAddressOf('https://draw.example.org/b/abcdefghijklmnop/?at=3#key=se-cret')).toEqual({
    address: `wss://draw.example.org${live}`,
    key: 'se-cret',
  });
});

test.each(['', 'abcdefghijklmnop', 'http://x/', 'http://x/b/short', 'file:///b/abcdefghijklmnop', 'http://x/b/'])(
  '[N26] "%s" is no link to a board',
  (link) => {
    expect(liveAddressOf(link)).toBeNull();
  },
);
