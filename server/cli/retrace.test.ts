import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardA, boardB, run } from '../log/contract.ts';
import { openSqliteLog } from '../log/sqlite.ts';
import { tamper } from '../log/testing/tamper.ts';
import { pngOf } from '../../shared/testing/image-files.ts';
import { imageFiles, imagesIn } from '../images/image-files.ts';
import { retrace } from './retrace.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retrace-cli-'));
  const log = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL' });
  await log.append(boardA, 0, run(0, 2, 3));
  await log.append(boardB, 0, run(0, 1));
  await log.close();
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function say(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: string[][] = [[], []];
  const code = await retrace(args, {
    environment: { RETRACE_DATA: folder },
    say: (text) => out!.push(text),
    warn: (text) => err!.push(text),
  });
  return { code, out: out!.join('\n'), err: err!.join('\n') };
}

test('[L24] verify says that everything fits, also while a server is running', async () => {
  expect(await say('verify')).toEqual({ code: 0, out: '2 boards, 3 commits: everything fits.', err: '' });
  const log = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL' });
  await log.append(boardB, 1, run(1, 1));
  expect(await say('verify', boardB, '--data', folder)).toMatchObject({ out: '1 board, 2 commits: everything fits.' });
  await log.close();
});

test('[L24] verify names the board and the revision that does not fit, in words and as JSON', async () => {
  tamper(folder, 'UPDATE commits SET at = 7 WHERE board = 1 AND after = 2');
  const { code, out } = await say('verify');
  expect(code).toBe(1);
  expect(out.split('\n')).toEqual([
    `Board ${boardA} does not fit from revision 3: revisions 3 to 5 are not what was written.`,
    expect.stringMatching(
      /^2 boards, 2 commits that fit; 1 board that does not\. Restore it from a backup, or .*retrace -- recover/,
    ),
  ]);
  const json = await say('verify', '--json');
  expect(json.code).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    fits: false,
    structure: [],
    boards: [
      { board: boardA, commits: 1, head: { revision: 2 }, misfit: { revision: 3, fault: 'Changed' } },
      { board: boardB, commits: 1, head: { revision: 1 }, misfit: null },
    ],
  });
  expect((await say('verify', boardB)).code).toBe(0);
});

test('[L25] verify notes heads, and finds an end that was cut off since', async () => {
  const heads = join(folder, 'heads.json');
  await say('verify', '--save-heads', heads);
  expect(Object.keys(JSON.parse(await readFile(heads, 'utf8')) as object)).toEqual([boardA, boardB]);
  expect((await say('verify', '--heads', heads)).code).toBe(0);
  tamper(folder, 'DELETE FROM commits WHERE board = 2');
  expect((await say('verify')).code).toBe(0);
  expect(await say('verify', '--heads', heads)).toMatchObject({
    code: 1,
    out: expect.stringContaining(`Board ${boardB} does not fit from revision 1: revision 1 is missing at the end`),
  });
});

test('[L24] a list of boards that is damaged is a fault that is named, like any other', async () => {
  const file = join(folder, 'retrace.db');
  const bytes = await readFile(file);
  const database = new Database(file, { readonly: true });
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'boards'").pluck().get() as number;
  database.close();
  bytes.fill(0xa5, (root - 1) * 4096, root * 4096);
  await writeFile(file, bytes);
  const { code, out, err } = await say('verify');
  expect([code, err]).toEqual([1, '']);
  expect(out).toContain('The file is damaged: which boards there are cannot be read');
  expect(out).toMatch(/0 boards, 0 commits that fit; \d+ faults of the file\. .*retrace -- recover/);
});

test('[L24] a board that is not there is no board that fits', async () => {
  expect(await say('verify', boardA, 'NoSuchBoardxxxxx')).toMatchObject({
    code: 2,
    err: `There is no board NoSuchBoardxxxxx in the log of ${folder}.`,
  });
});

test('[L25] heads that cannot be saved leave those that were noted before, and a list is none', async () => {
  const heads = join(folder, 'heads.json');
  await say('verify', '--save-heads', heads);
  const noted = await readFile(heads, 'utf8');
  await mkdir(`${heads}.unfinished`);
  expect(await say('verify', '--save-heads', heads)).toMatchObject({ code: 2, err: expect.stringContaining('heads') });
  expect(await readFile(heads, 'utf8')).toBe(noted);
  await writeFile(heads, '[]');
  expect(await say('verify', '--heads', heads)).toMatchObject({ code: 2, err: expect.stringContaining('no heads') });
});

test('[L26] backup copies the log and says what it found in the copy', async () => {
  const copy = join(folder, 'copy.db');
  const { code, out } = await say('backup', copy);
  expect(code).toBe(0);
  expect(out).toMatch(/^2 boards, 3 commits: everything fits\.\n.*copy\.db: 0\.\d MB\.$/);
  expect(await say('backup', copy)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
  expect(await say('backup')).toMatchObject({ code: 2, err: expect.stringContaining('Give one file') });
});

test('[L28] recover saves what fits, and says what lies beyond', async () => {
  tamper(folder, `UPDATE commits SET bytes = x'00' WHERE board = 1 AND after = 0`);
  const [from, to] = [join(folder, 'retrace.db'), join(folder, 'saved.db')];
  expect(await say('recover', from, to)).toEqual({
    code: 1,
    out: [
      `Board ${boardA}: 0 events in 0 commits saved; revision 1 cannot be read. 2 commits from there on, up to revision 5, left out.`,
      `Board ${boardB}: 1 event in 1 commit saved.`,
      `${to}: 1 board.`,
    ].join('\n'),
    err: '',
  });
  expect(await say('recover', from, to)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') });
  expect(await say('recover', from)).toMatchObject({ code: 2, err: expect.stringContaining('Give two files') });
  const log = await openSqliteLog({ dataFolder: folder, synchronous: 'NORMAL' });
  const other = await say('recover', from, `${to}2`);
  expect(other).toMatchObject({ code: 2, err: expect.stringContaining('Another Retrace server is using') });
  await log.close();
});

test('[L28] recover of what has nothing of a log says so and writes nothing', async () => {
  const to = join(folder, 'saved.db');
  const [empty, text] = [join(folder, 'empty'), join(folder, 'text')];
  await writeFile(empty, '');
  await writeFile(text, 'no database'.repeat(5000));
  for (const from of [empty, text]) {
    const nothing = `In ${from} there is nothing of a Retrace log: nothing was written.`;
    expect(await say('recover', from, to)).toEqual({ code: 2, out: '', err: nothing });
  }
  expect(await say('recover', folder, to)).toMatchObject({ code: 2, err: `${folder} is not a file.` });
  expect(existsSync(to)).toBe(false);
});

test('[L28] recover puts nothing beside the write-ahead log of another file, which would be taken for its own', async () => {
  const to = join(folder, 'saved.db');
  await writeFile(`${to}-wal`, 'of a database that was here before');
  expect(await say('recover', join(folder, 'retrace.db'), to)).toMatchObject({
    code: 2,
    err: `${to}-wal is there already, and is left as it is.`,
  });
});

test('[L28] recover of a file that was cut off says so, and of which board nothing is left', async () => {
  const file = join(folder, 'retrace.db');
  const database = new Database(file, { readonly: true });
  const root = database.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'commits'").pluck().get() as number;
  database.close();
  await writeFile(file, (await readFile(file)).subarray(0, (root - 1) * 4096));
  const { code, out } = await say('recover', file, join(folder, 'saved.db'));
  expect(code).toBe(1);
  expect(out).toMatch(/^The file is cut off: \d+ pages? of it are missing at its end\./);
  expect(out).toContain(`Board ${boardA} is lost: nothing but its name can be read.`);
  expect(JSON.parse((await say('recover', file, join(folder, 'more.db'), '--json')).out)).toMatchObject({
    whole: false,
  });
});

test('what makes no sense is said, with exit code 2', async () => {
  expect(await say('verify', 'x')).toMatchObject({ code: 2, err: expect.stringContaining('x is no board') });
  expect(await say('verify', '--no')).toMatchObject({ code: 2, err: expect.stringContaining('retrace verify') });
  expect(await say('nonsense')).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is no command nonsense'),
  });
  expect(await say()).toMatchObject({ code: 2, out: expect.stringContaining('verify [BOARD…]') });
  expect(await say('verify', '--help')).toMatchObject({ code: 0, out: expect.stringContaining('--save-heads') });
  expect(await say('verify', '--data', join(folder, 'no'))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/There is no .*retrace\.db/),
  });
  const bad = join(folder, 'bad.json');
  await writeFile(bad, `{"${boardA}":5}`);
  expect(await say('verify', '--heads', bad)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/is not what --save-heads wrote/),
  });
});

test('the command runs as a program of its own', async () => {
  const program = fileURLToPath(new URL('./retrace.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'verify', '--data', folder]);
  expect(stdout).toBe('2 boards, 3 commits: everything fits.\n');
});

test('[I7] backup has the images beside the copy, and verify names those that are not what was sent', async () => {
  const images = imageFiles(join(folder, 'images'));
  const [one, two] = [await images.put(pngOf(1, 1)), await images.put(pngOf(2, 2))];
  const copy = join(folder, 'with-images.db');
  expect((await say('backup', copy)).out).toContain('2 images: all are as they were sent.');
  expect((await imagesIn(`${copy}-images`)).sort()).toEqual([one, two].sort());
  expect((await say('verify')).out).toContain('2 images: all are as they were sent.');

  await writeFile(join(folder, 'images', two.slice(0, 2), two), 'spoilt');
  const { code, out } = await say('verify');
  expect([code, out.split('\n').slice(1)]).toEqual([1, [`Image ${two} is not what was sent.`, '2 images; 1 damaged.']]);
  expect(JSON.parse((await say('verify', '--json')).out)).toMatchObject({ fits: false, images: { damaged: [two] } });
});
