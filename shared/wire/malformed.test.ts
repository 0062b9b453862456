// What must not come in: by hand, by rule, and the bombs that stop other decoders.

import { describe, expect, test } from 'vitest';
import { MAX_FRAME_BYTES } from '../limits.ts';
import { NIB_AT_ORIGIN, packSamples } from '../samples.ts';
import { bytesOf, leavesOf, type Part, partAt, replaced, type Tuple, tuplesOf } from '../testing/tuples.ts';
import { unpackClientMessages, unpackCommits, unpackServerMessages } from './codec.ts';
import { WireError } from './wire-error.ts';

const samples = packSamples([{ x: 1, y: 2, pressure: 0.5, dt: 0 }], 3, NIB_AT_ORIGIN).samples;
const client = 'AbCdEfGhIjKl.1';

/** One valid message of every kind, as tuples. */
const hello: Tuple = [0, 1, 'Ann', 2, 0, 0, 'a-secret-of-Ann-01', null, null];
const start: Tuple = [16, 1, 1, 1, [0, 24], 1, 12, samples];
const fromClients: readonly Tuple[] = [
  hello,
  [1],
  [2, [1, { raw: [0xca, 0x3f, 0, 0, 0] }], false, null, null],
  [2, null, true, true, null],
  start,
  [17, 2, samples],
  [18, 3],
  [19, 4, 2, [`${client}/1`]],
  [20, 5],
  [21, 6],
  [22, 7, 'Ann', 0x1ff8800],
  [23, 8, 'Plans'],
];
const commits: readonly Tuple[] = [
  [
    0,
    0,
    1_760_000_000_000,
    [
      [0, [0, 0], 'Plans', 2, 'x'.repeat(43), null],
      [1, 1, 'Other plans'],
    ],
  ],
  [
    0,
    2,
    1_760_000_000_001,
    [
      [2, 1, client, 'Ann', 2],
      [4, [1, 0], 1, 1, [0, 24], 1, 12, samples],
    ],
  ],
  [
    0,
    4,
    1_760_000_000_002,
    [
      [5, 1, samples],
      [6, 1],
      [7, 1, 2, 0, [`${client}/1`]],
      [8, 1, 2, 1, [`${client}/1`]],
      [3, 1, 'Bo', 9],
    ],
  ],
];

const malformed = (bytes: Uint8Array, read: (bytes: Uint8Array) => unknown = unpackClientMessages): string => {
  try {
    read(bytes);
  } catch (error) {
    if (error instanceof WireError) return error.message;
    throw error;
  }
  return 'accepted';
};

test('the examples are valid to begin with', () => {
  for (const tuple of fromClients) expect(malformed(bytesOf(tuple))).toBe('accepted');
  for (const tuple of commits) expect(malformed(bytesOf(tuple), unpackCommits)).toBe('accepted');
});

describe.each([
  ['a client', fromClients, unpackClientMessages],
  ['the log', commits, unpackCommits],
] as const)('[W6] in every field of every message of %s', (_, tuples, read) => {
  const wrong: readonly (readonly [name: string, part: Part])[] = [
    ['NaN', Number.NaN],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['-0', -0],
    ['1e308', 1e308],
    ['2^53', { raw: [0xcf, 0, 0x20, 0, 0, 0, 0, 0, 0] }],
    ['2^64 - 1', { raw: [0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff] }],
    ['-2^63', { raw: [0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0] }],
    ['-1', -1],
    ['a map', { raw: [0x81, 0xa1, 0x61, 1] }],
    ['an extension', { raw: [0xd4, 1, 0] }],
    ['a date', { raw: [0xd6, 0xff, 0, 0, 0, 1] }],
    ['a byte that MessagePack never uses', { raw: [0xc1] }],
    ['empty binary', new Uint8Array()],
    ['the start of a stroke of other samples', Uint8Array.of(0x80)],
    ['text that is not UTF-8', { raw: [0xa2, 0xc3, 0x28] }],
    ['a tuple in a tuple in a tuple', [[[[]]]]],
  ];

  test.each(wrong)('%s is refused', (name, part) => {
    for (const tuple of tuples) {
      for (const path of leavesOf(tuple)) {
        // Only a cursor and a precision, which is 12 in the examples, may be -1.
        const maybeNegative = (tuple[0] === 2 && path.length === 2) || partAt(tuple, path) === 12;
        if (name === '-1' && maybeNegative) continue;
        const bytes = bytesOf(replaced(tuple, path, () => part));
        expect(malformed(bytes, read), `${name} at ${path.join('.')} of ${JSON.stringify(tuple)}`).not.toBe('accepted');
      }
    }
  });

  test('0.5 is refused where a whole number is wanted', () => {
    for (const tuple of tuples) {
      for (const path of leavesOf(tuple)) {
        if (typeof partAt(tuple, path) !== 'number' || (tuple[0] === 2 && path.length === 2)) continue;
        for (const value of [0.5, 1]) {
          const float = value === 1 ? { raw: [0xcb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0] } : value;
          expect(malformed(bytesOf(replaced(tuple, path, () => float)), read)).not.toBe('accepted');
        }
      }
    }
  });

  test('an element too few or too many is refused', () => {
    for (const tuple of tuples) {
      for (const path of tuplesOf(tuple)) {
        const isList = path.length > 0 && isListAt(tuple, path);
        if (isList) continue;
        for (const change of [
          (part: Part) => (part as Tuple).slice(0, -1),
          (part: Part) => [...(part as Tuple), true],
        ]) {
          const bytes = bytesOf(replaced(tuple, path, change));
          expect(malformed(bytes, read), `${path.join('.')} of ${JSON.stringify(tuple)}`).not.toBe('accepted');
        }
      }
    }
  });

  test('cut off anywhere, or followed by anything, it is refused', () => {
    for (const tuple of tuples) {
      const bytes = bytesOf(tuple);
      for (let length = 1; length < bytes.length; length++) {
        expect(malformed(bytes.subarray(0, length), read)).not.toBe('accepted');
      }
      for (const more of [[0], [0xc0], [0x90], [0x91, 0x7f], [0xc1]]) {
        expect(malformed(Uint8Array.from([...bytes, ...more]), read)).not.toBe('accepted');
      }
    }
  });
});

/** Lists of shapes and of events may be of any length, but not contain `true`. */
const isListAt = (tuple: Tuple, path: readonly number[]): boolean => {
  const parent = partAt(tuple, path.slice(0, -1)) as Tuple;
  const list = partAt(tuple, path) as Tuple;
  return typeof list[0] === 'string' || Array.isArray(list[0]) || parent.length === 0;
};

describe('[W6] limits, each named in its message', () => {
  const many = (count: number, sample: readonly number[]) =>
    Uint8Array.from(Array.from({ length: count }, () => sample).flat());

  test.each<[string, Part, RegExp]>([
    ['an empty name', ['Ann', ''], /Hello\.name must not be empty/],
    ['a long name', ['Ann', 'x'.repeat(41)], /Hello\.name must have at most 40 characters, not 41/],
    ['a very long name', ['Ann', 'x'.repeat(5000)], /Hello\.name must have at most 120 bytes, not 5000/],
    ['a name that turns round', ['Ann', '\u202eevil'], /Hello\.name must have no control characters/],
    ['an unknown palette code', [2, 99], /Hello\.color must be a palette code or 16777216 \+ rgb, not 99/],
    ['a short secret', ['a-secret-of-Ann-01', 'short'], /Hello\.secret must be 16 to 128 characters/],
  ])('%s', (_, change, message) => {
    const [was, is] = change as [Part, Part];
    expect(malformed(bytesOf(hello.map((part) => (part === was ? is : part))))).toMatch(message);
  });

  test.each<[string, Tuple, RegExp]>([
    ['slot 0', [0, 0, ...hello.slice(2)], /Hello\.slot must be from 1 to 999999, not 0/],
    ['command 0', [18, 0], /Command\.number must be from 1/],
    ['no samples', [17, 1, new Uint8Array()], /ExtendStroke\.samples must have 1 to 512 samples, not 0/],
    ['513 samples', [17, 1, many(513, [2, 2, 0, 0])], /1 to 512 samples, not 513/],
    ['half a sample', [17, 1, Uint8Array.of(2, 2, 0)], /samples must be whole numbers/],
    ['a varint without an end', [17, 1, new Uint8Array(12).fill(0xff)], /at most 42 bits/],
    ['a varint in a longer form', [17, 1, Uint8Array.of(0x80, 0, 2, 0, 0)], /shortest form/],
    ['a tilt that does not come', [17, 1, Uint8Array.of(2, 2, 0, 1)], /whole numbers/],
    ['a tilt that changes nothing', [17, 1, Uint8Array.of(2, 2, 0, 1, 0, 0)], /tilts that change/],
    ['a tilt all round', [17, 1, Uint8Array.of(2, 2, 0, 1, 0, 0xea, 0x02)], /within 90 degrees/],
    [
      'tilts too far apart',
      [17, 1, Uint8Array.of(0, 0, 0, 1, 0, 0xb4, 1, 0, 0, 0, 1, 0, 0xb6, 1)],
      /within 90 degrees/,
    ],
    ['a pen upside down', [16, 1, 1, 1, [0, 24], 1, 3, Uint8Array.of(2, 2, 0, 1, 0xb6, 1, 0)], /within 90 degrees/],
    ['a gap of two minutes before a tilt', [17, 1, Uint8Array.of(2, 2, 0, 0x81, 0xd3, 0x0e, 2, 0)], /gaps of 0 to/],
    ['a gap of two minutes', [17, 1, Uint8Array.of(2, 2, 0, 0x80, 0xd3, 0x0e)], /gaps of 0 to 60000 ms/],
    ['negative pressure', [16, 1, 1, 1, [0, 24], 1, 3, Uint8Array.of(2, 2, 1, 0)], /pressures from 0 to 255/],
    ['pressure that leaps', [17, 1, Uint8Array.of(2, 2, 0x80, 0x04, 0)], /pressures from 0 to 255/],
    ['pressures too far apart', [17, 1, Uint8Array.of(0, 0, 0xc8, 1, 0, 0, 0, 0x8f, 5, 0)], /pressures from 0 to 255/],
    ['a leap off the board', [17, 1, Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0, 0, 0)], /leave the board/],
    ['too many samples to look at', [17, 1, new Uint8Array(20_000)], /at most 14336 bytes, not 20000/],
    ['width 0', [16, 1, 1, 1, [0, 0], 1, 3, samples], /style\.width must be from 1 to 4096, not 0/],
    ['an unknown kind', [16, 1, 1, 77, [0, 24], 1, 12, samples], /StartStroke\.kind must be one of 1.*, not 77/],
    ['precision 13', [16, 1, 1, 1, [0, 24], 1, 13, samples], /StartStroke\.precision must be from -8 to 12, not 13/],
    ['501 shapes', [19, 1, 1, Array(501).fill(`${client}/1`)], /EraseShapes\.shapes must have at most 500 elements/],
    ['a shape that is none', [19, 1, 1, ['../../etc']], /EraseShapes\.shapes must be a shape id/],
    ['a cursor far away', [2, [20_000_000, 0], false, null, null], /point\.x must be a number within 10000000/],
    ['an unknown tag', [15], /no message with tag 15/],
    ['a tag of nobody', [99, 1], /no message with tag 99/],
    ['a scale that is no number', [26, 1, 2, [], [1, 0, 0, Number.POSITIVE_INFINITY, 0, 0]], /finite|a number/],
    ['half a map', [26, 1, 2, [], [1, 0, 0]], /MoveShapes\.matrix must have 6 elements, not 3/],
    ['a setting that is none', [25, 1, 2, [], [[99, 1]]], /codes of its own, not 99/],
    ['a setting twice', [25, 1, 2, [], [[18, 'a', 18, 'b']]], /codes in order, the lowest first, not 18/],
    ['a setting without a value', [25, 1, 2, [], [[18]]], /settings\.text is missing|settings\.text must be text/],
    ['a link that runs a script', [25, 1, 2, [], [[21, 'javascript:alert(1)']]], /must begin with https:/],
    ['a stack without end', [25, 1, 2, [], [[16, 1e300]]], /settings\.z must be a number within/],
    [
      'a colour for a style that is too long',
      [24, 1, 2, 3, 1, [7, 24, [], 1], 0, 3, 1, []],
      /style must have at most 3 elements/,
    ],
    ['no tag', [], /message\.tag is missing/],
    ['a long title', [23, 1, 'x'.repeat(121)], /RenameBoard\.title must have at most 120 characters, not 121/],
  ])('%s', (_, tuple, message) => {
    expect(malformed(bytesOf(tuple))).toMatch(message);
  });

  test('a frame that is too large is not looked at, and closes with another reason', () => {
    expect(() => unpackClientMessages(new Uint8Array(MAX_FRAME_BYTES + 1))).toThrow(
      expect.objectContaining({ reason: 'TooLarge', message: 'A frame has at most 65536 bytes, not 65537.' }),
    );
  });

  test('an empty frame is refused', () => {
    expect(malformed(new Uint8Array())).toMatch(/at least one message/);
  });

  test('a commit without events is refused', () => {
    expect(malformed(bytesOf([0, 0, 1, []]), unpackCommits)).toMatch(/events must not be empty/);
  });
});

describe('[W7] bombs cost neither time nor memory', () => {
  const nested = (head: readonly number[], depth: number) =>
    Uint8Array.from(Array.from({ length: depth }, () => head).flat());
  const bombs: readonly (readonly [string, Uint8Array])[] = [
    ['an array of 20 million', Uint8Array.of(0xdd, 0x01, 0x31, 0x2d, 0)],
    ['an array of 4 billion', Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
    ['a list of 4 billion', Uint8Array.of(0x94, 19, 1, 1, 0xdd, 0xff, 0xff, 0xff, 0xff)],
    ['text of 4 GB', Uint8Array.of(0x93, 23, 1, 0xdb, 0xff, 0xff, 0xff, 0xff)],
    ['binary of 4 GB', Uint8Array.of(0x93, 17, 1, 0xc6, 0xff, 0xff, 0xff, 0xff)],
    ['an extension of 4 GB', Uint8Array.of(0xc9, 0xff, 0xff, 0xff, 0xff, 1)],
    ['a map of 4 billion', Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff)],
    ['16-bit arrays within each other', nested([0xdc, 0xff, 0xff], 20_000)],
    ['60 000 arrays within each other', nested([0x91], 60_000)],
    ['60 000 maps within each other', nested([0x81, 0xa1, 0x61], 20_000)],
    ['a record definition', Uint8Array.of(0xd4, 0x72, 0x40, 0x91, 0xa1, 0x61, 1)],
    ['__proto__', Uint8Array.of(0x81, 0xa9, ...Buffer.from('__proto__'), 0x80)],
  ];

  test.each(bombs)('%s', (_, bytes) => {
    const readers = [unpackClientMessages, unpackServerMessages, unpackCommits];
    for (const read of readers) expect(malformed(bytes, read)).not.toBe('accepted');
    const before = process.memoryUsage();
    // A decoder that takes a second for one of them does not get through this.
    for (let i = 0; i < 200; i++) for (const read of readers) malformed(bytes, read);
    const after = process.memoryUsage();
    // Errors and their stacks are garbage; what must not be is anything of the size that the bomb promised.
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(32e6);
  });
});
