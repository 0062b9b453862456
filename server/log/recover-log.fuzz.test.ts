import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BoardId } from '../../shared/ids.ts';
import { CannotOpenLog } from './cannot-open-log.ts';
import { commit, plain } from './contract.ts';
import { LogUnavailable, type PackedCommit } from './event-log.ts';
import { type Recovery, recoverLog } from './recover-log.ts';
import { openSqliteLog } from './sqlite.ts';
import { connectToRead, connectToWrite } from './sqlite/connection.ts';
import { SqliteReader } from './sqlite/reader.ts';
import { readWal } from './sqlite/salvage/wal.ts';
import { Sealer } from './sqlite/sealing/sealer.ts';
import { verifyFile, verifyLog } from './verify-log.ts';

// Copies of a database with a few bytes flipped anywhere: nobody is ever given an event that was not written.

const flips = Number(process.env['RETRACE_FUZZ_FLIPS'] ?? 100);
const all = Number.MAX_SAFE_INTEGER;
const patience = { timeout: 120_000 + flips * 1000 };
const boards = Array.from({ length: 5 }, (_, n) => `Board${String(n).padStart(11, '0')}` as BoardId);

let folder: string;
/** As it was written: in the database's file, with the latest still in the write-ahead log, and with the old sealed. */
let stores: { database: Buffer; wal: Buffer | null }[];
const written = new Map<BoardId, PackedCommit[]>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'retrace-recover-'));
  const data = join(folder, 'data');
  const log = await openSqliteLog({ dataFolder: data, synchronous: 'NORMAL' });
  const random = randomFrom(7);
  for (let round = 0; round < 40; round++) {
    for (const board of boards) {
      const stream = written.get(board) ?? [];
      const after = stream.at(-1)?.last ?? 0;
      // Most fit a page, some take several.
      const next = commit(after, after + 1 + random(20), random(10) === 0 ? random(15_000) : random(400));
      await log.append(board, after, [next]);
      written.set(board, [...stream, next]);
    }
  }
  const file = join(data, 'retrace.db');
  const recent = { database: readFileSync(file), wal: inUse(readFileSync(`${file}-wal`)) };
  await log.close();
  const live = { database: readFileSync(file), wal: null };
  const database = connectToWrite(file, 'NORMAL');
  for (const _ of new Sealer(database, { tail: 20, events: 60, bytes: 20_000 }).seal());
  database.close();
  stores = [live, recent, { database: readFileSync(file), wal: null }];
});

afterAll(() => rmSync(folder, { recursive: true }));

/** A write-ahead log without what it has in reserve. */
const inUse = (wal: Buffer): Buffer => {
  const { pages, pageSize } = readWal(wal)!;
  return wal.subarray(0, Math.max(...pages.values()) + pageSize);
};

/** A copy with `count` of its bytes changed by one bit each. */
function damagedCopy(seed: number): string {
  const random = randomFrom(seed * 2_654_435_761);
  const { database, wal } = stores[seed % stores.length]!;
  const copy = join(folder, `seed${seed}`);
  mkdirSync(copy);
  const files = [Buffer.from(database), ...(wal ? [Buffer.from(wal)] : [])];
  for (let count = 1 + random(4); count > 0; count--) {
    const bytes = files[random(files.length)]!;
    if (bytes.length === 0) continue;
    const at = random(bytes.length);
    bytes[at] = bytes[at]! ^ (1 << random(8));
  }
  writeFileSync(join(copy, 'retrace.db'), files[0]!);
  if (files[1]) writeFileSync(join(copy, 'retrace.db-wal'), files[1]);
  return copy;
}

/** mulberry32: whole numbers below a limit. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

async function expectPrefix(file: string, board: BoardId): Promise<number> {
  const reader = new SqliteReader(connectToRead(file));
  const read = await reader.read(board, 0, all);
  reader.close();
  expect(plain(read)).toEqual(plain(written.get(board)!.slice(0, read.length)));
  return read.length;
}

const isWhole = async (file: string): Promise<boolean> => {
  for (const board of boards) if ((await expectPrefix(file, board)) < written.get(board)!.length) return false;
  return true;
};

/** Null where the first frames of a write-ahead log that has everything are damaged: that there is nothing is said. */
function recovered(file: string, to: string): Recovery | null {
  try {
    return recoverLog(file, to);
  } catch (error) {
    expect((error as Error).message).toContain('nothing of a Retrace log');
    return null;
  }
}

test(
  `[L27] [L28] ${flips} copies with flipped bits: found or harmless, and what is recovered was written`,
  patience,
  async ({ annotate }) => {
    const counts = { harmless: 0, refused: 0, misfits: 0, recovered: 0, whole: 0 };
    for (let seed = 1; seed <= flips; seed++) {
      const copy = damagedCopy(seed);
      const [file, saved] = [join(copy, 'retrace.db'), join(copy, 'saved.db')];
      const recovery = recovered(file, saved);
      const found = recovery ? verifyFile(saved) : { structure: [], boards: [] };
      expect(found.structure).toEqual([]);
      for (const { board, misfit, head } of found.boards) {
        expect(misfit).toBeNull();
        expect(await expectPrefix(saved, board as BoardId)).toBeGreaterThan(0);
        expect(recovery?.boards.find((one) => one.board === board)?.revision).toBe(head.revision);
        counts.recovered += head.revision;
      }
      if (recovery && (await isWhole(saved))) counts.whole++;
      counts[await verifiedOrEqual(file, stores[seed % stores.length]?.wal !== null)]++;
      rmSync(copy, { recursive: true });
    }
    expect(counts.harmless + counts.refused + counts.misfits).toBe(flips);
    expect(counts.misfits).toBeGreaterThan(0);
    const events = [...written.values()].reduce((sum, stream) => sum + stream.at(-1)!.last, 0);
    const share = counts.recovered / (events * flips);
    await annotate(`${JSON.stringify(counts)}; ${Math.round(share * 100)} % of the events recovered`);
    // A stream ends at its first damaged commit, a write-ahead log at its first damaged frame.
    expect(share).toBeGreaterThan(0.5);
  },
);

async function verifiedOrEqual(file: string, hasWal: boolean): Promise<'harmless' | 'refused' | 'misfits'> {
  try {
    const verdict = verifyFile(file, boards);
    if (verdict.structure.length > 0 || verdict.boards.some(({ misfit }) => misfit !== null)) return 'misfits';
  } catch (error) {
    expect(error).toBeInstanceOf(CannotOpenLog);
    return 'refused';
  }
  // A write-ahead log is taken in up to its first damaged frame: then a shorter stream is whole in itself.
  const whole = await isWhole(file);
  if (!hasWal) expect(whole).toBe(true);
  return 'harmless';
}

test(
  '[L27] a server on a damaged copy does not start, or serves what was written, or says which board is damaged',
  patience,
  async () => {
    const outcomes = new Set<string>();
    for (let seed = 1001; seed <= 1001 + flips / 5; seed++) {
      const copy = damagedCopy(seed);
      try {
        const log = await openSqliteLog({ dataFolder: copy, synchronous: 'NORMAL' });
        for (const board of boards) {
          try {
            const read = await log.read(board, 0, all);
            expect(plain(read)).toEqual(plain(written.get(board)!.slice(0, read.length)));
            outcomes.add('served');
          } catch (error) {
            expect(error).toBeInstanceOf(LogUnavailable);
            outcomes.add('unavailable');
          }
        }
        await log.close();
      } catch (error) {
        expect(error).toBeInstanceOf(CannotOpenLog);
        expect((error as Error).message).toMatch(/retrace -- recover|another program|newer Retrace|failed/);
        outcomes.add('refused');
      }
      rmSync(copy, { recursive: true });
    }
    expect([...outcomes].sort()).toEqual(['refused', 'served', 'unavailable']);
  },
);

/** The end of a write-ahead log in which a crash leaves its traces, in bytes. */
const TAIL = 64 * 1024;

test(
  `[L27] ${Math.ceil(flips / 4)} copies whose write-ahead log is cut or garbled at its end: what is there was written`,
  patience,
  async () => {
    const { database, wal } = stores[1]!;
    const lengths = new Set<number>();
    for (let seed = 1; seed <= Math.ceil(flips / 4); seed++) {
      const random = randomFrom(seed * 97);
      const at = wal!.length - random(Math.min(TAIL, wal!.length - 32));
      const tail = Buffer.from(wal!.subarray(at));
      for (let i = 0; i < tail.length; i += 1 + random(200)) tail[i] = random(256);
      const copy = join(folder, `tail${seed}`);
      mkdirSync(copy);
      writeFileSync(join(copy, 'retrace.db'), database);
      writeFileSync(join(copy, 'retrace.db-wal'), Buffer.concat([wal!.subarray(0, at), ...(seed % 2 ? [] : [tail])]));
      const log = await openSqliteLog({ dataFolder: copy, synchronous: 'NORMAL' });
      let length = 0;
      for (const board of boards) {
        const read = await log.read(board, 0, all);
        expect(plain(read)).toEqual(plain(written.get(board)!.slice(0, read.length)));
        length += read.length;
      }
      lengths.add(length);
      await log.close();
      expect(verifyLog({ dataFolder: copy, boards: [], heads: {} }).boards.every(({ misfit }) => misfit === null)).toBe(
        true,
      );
      rmSync(copy, { recursive: true });
    }
    expect(lengths.size).toBeGreaterThan(1);
  },
);
