import { expect, test } from 'vitest';
import { exportQueryOf } from './export-query.ts';
import { inlineDisposition } from './content-disposition.ts';
import { momentOf } from './moment.ts';

test.each([
  ['0', { revision: 0 }],
  ['41', { revision: 41 }],
  ['99999999999', { revision: 99_999_999_999 }],
  ['100000000000', { time: 100_000_000_000 }],
  ['1795229924982', { time: 1_795_229_924_982 }],
  ['2026-03-02', { time: Date.UTC(2026, 2, 2) }],
  ['2026-03-02T09:30Z', { time: Date.UTC(2026, 2, 2, 9, 30) }],
  ['2026-03-02T09:30:15.250+02:00', { time: Date.UTC(2026, 2, 2, 7, 30, 15, 250) }],
])('[N22] at=%s is a moment', (text, moment) => {
  expect(momentOf(text)).toEqual(moment);
});

test.each([
  '',
  '-1',
  '1.5',
  'now',
  '2026-03',
  '2026-03-02T09:30',
  '2026-13-02',
  '2026-02-31',
  '2026-02-29T10:00Z',
  '2026-02-30T25:00Z',
  '1e3',
  '9'.repeat(16),
])('[N22] at=%s is none', (text) => {
  expect(momentOf(text)).toBeNull();
});

test('[N22] without a query it is the whole present on paper', () => {
  expect(exportQueryOf(new URLSearchParams())).toEqual({
    at: null,
    options: { scale: 1, theme: 'paper', background: true, margin: 24 },
  });
});

test('[N22] everything asked for is taken', () => {
  const query = 'at=7&region=-10,20.5,100,50&scale=2.5&theme=night&background=false';
  expect(exportQueryOf(new URLSearchParams(query))).toEqual({
    at: { revision: 7 },
    options: {
      region: { minX: -10, minY: 20.5, maxX: 90, maxY: 70.5 },
      scale: 2.5,
      theme: 'night',
      background: false,
      margin: 24,
    },
  });
});

test.each([
  'at=yesterday',
  'region=1,2,3',
  'region=1,2,3,4,5',
  'region=0,0,0,10',
  'region=0,0,10,-1',
  'region=0,0,NaN,1',
  'region=0,0,1e3,1',
  'region=0,0,99999999999,1',
  'region=',
  'scale=0',
  'scale=33',
  'scale=Infinity',
  'scale=-1',
  'theme=dark',
  'background=yes',
])('[N22] ?%s is a fault', (query) => {
  const [name] = query.split('=');
  expect(exportQueryOf(new URLSearchParams(query))).toEqual({ faults: [expect.stringMatching(`^${name} must be `)] });
});

test('[N22] all faults are told together', () => {
  const result = exportQueryOf(new URLSearchParams('scale=0&theme=x&at=x'));
  expect('faults' in result && result.faults.length).toBe(3);
});

test('[N22] a header carries any file name, and nothing but it', () => {
  expect(inlineDisposition('für 🎨 (1).svg')).toBe(
    `inline; filename="fur  (1).svg"; filename*=UTF-8''f%C3%BCr%20%F0%9F%8E%A8%20%281%29.svg`,
  );
  const evil = inlineDisposition('a"; filename=evil.exe\r\nset-cookie: x.svg');
  expect(evil).not.toMatch(/[\r\n]/);
  expect(evil.match(/"/g)).toHaveLength(2);
});
