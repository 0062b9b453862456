// Writer and reader against another implementation of MessagePack.

import fc from 'fast-check';
import { Packr, Unpackr } from 'msgpackr';
import { describe, expect, test } from 'vitest';
import { PackedReader } from './packed-reader.ts';
import { packed } from './packed-writer.ts';
import { readUtf8, utf8Length } from './utf8.ts';
import { WireError } from './wire-error.ts';

const other = new Packr({ useRecords: false });
const otherReader = new Unpackr({ useRecords: false, int64AsType: 'number' });

const integers = fc.oneof(
  fc.integer({ min: -200, max: 300 }),
  fc.integer({ min: -(2 ** 31) - 5, max: 2 ** 32 + 5 }),
  fc.maxSafeInteger(),
  fc.constantFrom(0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.constantFrom(-0x20, -0x21, -0x80, -0x81, -0x8000, -0x8001, -(2 ** 31), -(2 ** 31) - 1, Number.MIN_SAFE_INTEGER),
);
const texts = fc.string({ unit: 'grapheme', maxLength: 300 }).filter((text) => !/\p{Cs}/u.test(text));
const binaries = fc.uint8Array({ maxLength: 400 });

describe('others read what we write, and we read it too', () => {
  test('whole numbers', () => {
    fc.assert(
      fc.property(integers, (value) => {
        const bytes = packed((out) => out.integer(value));
        expect(otherReader.unpack(bytes)).toBe(value);
        expect(new PackedReader(bytes).integer('it')).toBe(value);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  test('text', () => {
    fc.assert(
      fc.property(texts, (value) => {
        const bytes = packed((out) => out.text(value));
        expect(otherReader.unpack(bytes)).toBe(value);
        expect(new PackedReader(bytes).text('it', 10_000)).toBe(value);
        expect(utf8Length(value)).toBe(Buffer.byteLength(value));
      }),
      { seed: 1 },
    );
  });

  test('binary, arrays, flags, nil and floats', () => {
    fc.assert(
      fc.property(
        fc.array(binaries, { maxLength: 70 }),
        fc.boolean(),
        fc.float({ noNaN: true }),
        (list, flag, float) => {
          const value = Number.isFinite(float) && float !== 0 ? float : 0.5;
          const bytes = packed((out) => {
            out.array(3 + list.length);
            out.flag(flag);
            out.nil();
            out.float(value);
            for (const each of list) out.binary(each);
          });
          const plain = (otherReader.unpack(bytes) as unknown[]).map((each) =>
            each instanceof Uint8Array ? Uint8Array.from(each) : each,
          );
          expect(plain).toEqual([flag, null, value, ...list]);
          const from = new PackedReader(bytes);
          expect(from.array('it', 100)).toBe(3 + list.length);
          expect([from.flag('it'), from.skipNil(), from.float('it')]).toEqual([flag, true, value]);
          for (const each of list) expect(from.binary('it', 400)).toEqual(each);
          expect(from.atEnd).toBe(true);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('we read what others write', () => {
  test('whole numbers, text and binary', () => {
    fc.assert(
      fc.property(integers, texts, binaries, (number, text, binary) => {
        // It writes whole numbers beyond 32 bits as floats.
        if (Math.abs(number) < 2 ** 31) expect(new PackedReader(other.pack(number)).integer('it')).toBe(number);
        expect(new PackedReader(other.pack(text)).text('it', 10_000)).toBe(text);
        expect(new PackedReader(other.pack(Buffer.from(binary))).binary('it', 400)).toEqual(binary);
      }),
      { seed: 1 },
    );
  });

  test('a number in a longer form than it needs', () => {
    expect(new PackedReader(Uint8Array.of(0xcf, 0, 0, 0, 0, 0, 0, 0, 5)).integer('it')).toBe(5);
    expect(new PackedReader(Uint8Array.of(0xd3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfb)).integer('it')).toBe(
      -5,
    );
    expect(new PackedReader(Uint8Array.of(0xd2, 0xff, 0xff, 0xff, 0xfb)).integer('it')).toBe(-5);
  });
});

test('one large value does not keep its buffer', () => {
  const large = packed((out) => out.binary(new Uint8Array(3_000_000)));
  expect(large.length).toBe(3_000_005);
  expect(packed((out) => out.integer(1))).toEqual(Uint8Array.of(1));
});

test('what is no whole number is not written as one', () => {
  for (const value of [0.5, Number.NaN, Infinity, 2 ** 53]) {
    expect(() => packed((out) => out.integer(value))).toThrow(RangeError);
  }
});

test('UTF-8 is read as strictly as the platform reads it', () => {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom(0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4),
      (tail, head) => {
        const bytes = Uint8Array.of(head, ...tail.map((byte, i) => (i < 3 ? 0x80 | (byte & 0x3f) : byte)));
        for (const each of [bytes, tail]) {
          let expected: string | undefined;
          try {
            expected = strict.decode(each);
          } catch {
            expected = undefined;
          }
          expect(readUtf8(each, 0, each.length)).toBe(expected);
        }
      },
    ),
    { seed: 1, numRuns: 2000 },
  );
});

test('every read beyond the end says which field is missing', () => {
  const reads: ((from: PackedReader) => unknown)[] = [
    (from) => from.integer('it'),
    (from) => from.float('it'),
    (from) => from.flag('it'),
    (from) => from.array('it', 10),
    (from) => from.text('it', 10),
    (from) => from.binary('it', 10),
  ];
  for (const read of reads) expect(() => read(new PackedReader(new Uint8Array()))).toThrow(/^it is missing/);
  expect(() => new PackedReader(Uint8Array.of(0xcd, 1)).integer('it')).toThrow(/^it is cut off/);
  expect(() => new PackedReader(Uint8Array.of(0xa5, 65)).text('it', 10)).toThrow(/^it is cut off/);
  expect(() => new PackedReader(Uint8Array.of(0xc4, 5, 1)).binary('it', 10)).toThrow(WireError);
});
