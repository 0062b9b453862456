import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { connectToRead, connectToWrite } from './connection.ts';

const folder = mkdtempSync(join(tmpdir(), 'retrace-connection-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('[L33] a connection keeps a few MiB of the database, not the 16 MB of the library', () => {
  const file = join(folder, 'log.db');
  const writing = connectToWrite(file, 'FULL');
  writing.exec('CREATE TABLE kept (number)');
  const reading = connectToRead(file);
  for (const database of [writing, reading]) {
    // A negative size is one in KiB; a positive one would be in pages.
    const size = database.pragma('cache_size', { simple: true }) as number;
    expect(size).toBeLessThan(0);
    expect(-size).toBeLessThanOrEqual(4096);
  }
  reading.close();
  writing.close();
});
