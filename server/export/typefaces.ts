// The typefaces of the page as files that a picture can be painted with: resvg reads TrueType, the packages have WOFF.

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

/** As the npm packages of the typefaces are called, after their scope. */
export const typefacePackages = ['inter', 'source-serif-4', 'jetbrains-mono', 'caveat'] as const;
export const subsets = ['latin', 'latin-ext', 'greek', 'cyrillic'] as const;
export type Subset = (typeof subsets)[number];
const weights = [400, 700] as const;
export type TypefacePackage = (typeof typefacePackages)[number];

/** Beside what else is built: it can be thrown away. */
const unpacked = new URL('../../.build/typefaces/', import.meta.url);
const require = createRequire(import.meta.url);
let files: readonly string[] | null = null;

/** The files of all of them, unpacked once for each version; fewer where a package has none. */
export function typefaceFiles(): readonly string[] {
  files ??= typefacePackages.flatMap(unpackAll);
  return files;
}

/** What the file of an alphabet is called; that of the Latin letters keeps the typeface's own name. */
export const nameOf = (name: TypefacePackage, subset: Subset): string => `${name} ${subset}`;

function unpackAll(name: TypefacePackage): string[] {
  const manifest = require.resolve(`@fontsource/${name}/package.json`);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  // Of another form than before: what an earlier version unpacked is not taken for it.
  const folder = fileURLToPath(new URL(`${name}-${version}-named/`, unpacked));
  mkdirSync(folder, { recursive: true });
  return subsets.flatMap((subset) =>
    weights.flatMap((weight) => {
      const packed = join(dirname(manifest), 'files', `${name}-${subset}-${weight}-normal.woff`);
      if (!existsSync(packed)) return [];
      const file = join(folder, `${subset}-${weight}.ttf`);
      if (!existsSync(file)) {
        const unfinished = `${file}.${process.pid}`;
        const font = unpackWoff(readFileSync(packed));
        writeFileSync(unfinished, subset === 'latin' ? font : underName(font, nameOf(name, subset)));
        renameSync(unfinished, file);
      }
      return [file];
    }),
  );
}

const [WOFF_HEADER, WOFF_ENTRY, FONT_HEADER, FONT_ENTRY] = [44, 20, 12, 16];

/** A WOFF 1.0 file as the font that it holds (https://www.w3.org/TR/WOFF/). @throws RangeError where it is none */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new RangeError('A WOFF file begins with wOFF.');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => {
    const at = WOFF_HEADER + i * WOFF_ENTRY;
    const [offset, packed, length] = [woff.readUInt32BE(at + 4), woff.readUInt32BE(at + 8), woff.readUInt32BE(at + 12)];
    const bytes = woff.subarray(offset, offset + packed);
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      bytes: packed < length ? inflateSync(bytes) : bytes,
    };
  });
  const start = FONT_HEADER + count * FONT_ENTRY;
  const font = Buffer.alloc(start + tables.reduce((sum, { bytes }) => sum + padded(bytes.length), 0));
  woff.copy(font, 0, 4, 8);
  const power = 2 ** Math.floor(Math.log2(count));
  font.writeUInt16BE(count, 4);
  font.writeUInt16BE(power * 16, 6);
  font.writeUInt16BE(Math.log2(power), 8);
  font.writeUInt16BE(count * 16 - power * 16, 10);
  let offset = start;
  for (const [i, { tag, checksum, bytes }] of tables.entries()) {
    const at = FONT_HEADER + i * FONT_ENTRY;
    tag.copy(font, at);
    font.writeUInt32BE(checksum, at + 4);
    font.writeUInt32BE(offset, at + 8);
    font.writeUInt32BE(bytes.length, at + 12);
    bytes.copy(font, offset);
    offset += padded(bytes.length);
  }
  return font;
}

/** The font under another name. */
function underName(font: Buffer, name: string): Buffer {
  const text = Buffer.from(name, 'utf16le').swap16();
  // Two records, the family's name and the one that PostScript knows it by, in Windows' Unicode and American English.
  const record = (kind: number): number[] => [3, 1, 0x409, kind, text.length, 0];
  const numbers = [0, 2, 30, ...record(1), ...record(6)];
  const table = Buffer.alloc(padded(30 + text.length));
  numbers.forEach((value, i) => table.writeUInt16BE(value, i * 2));
  text.copy(table, 30);
  const renamed = Buffer.concat([font, table]);
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const at = FONT_HEADER + i * FONT_ENTRY;
    if (font.toString('latin1', at, at + 4) !== 'name') continue;
    renamed.writeUInt32BE(font.length, at + 8);
    renamed.writeUInt32BE(30 + text.length, at + 12);
  }
  return renamed;
}

/** Tables begin at multiples of four bytes. */
const padded = (length: number): number => (length + 3) & ~3;
