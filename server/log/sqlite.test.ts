import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BoardId } from '../../shared/ids.ts';
import { type LogUnderTest, testEventLog } from './contract.ts';
import type { PackedCommit } from './event-log.ts';
import { openSqliteLog } from './sqlite.ts';
import type { SqliteLog } from './sqlite/sqlite-log.ts';

async function make(): Promise<LogUnderTest> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'retrace-log-'));
  const file = join(dataFolder, 'retrace.db');
  const open = () => openSqliteLog({ dataFolder, synchronous: 'FULL' });
  const logs: SqliteLog[] = [await open()];
  return {
    log: logs[0]!,
    reopen: async () => {
      await logs[0]!.close();
      logs.push(await open());
      return logs[1]!;
    },
    stored: (board) => storedIn(file, board),
    breakReading: () => dropCommits(file),
    end: async () => {
      for (const log of logs) await log.close();
      await rm(dataFolder, { recursive: true });
    },
  };
}

function storedIn(file: string, board: BoardId): PackedCommit[] {
  const database = new Database(file, { readonly: true });
  try {
    return database
      .prepare<[string], PackedCommit>(
        'SELECT after, last, at, bytes FROM commits JOIN boards ON board = key WHERE id = ? ORDER BY after',
      )
      .all(board);
  } finally {
    database.close();
  }
}

/** What another program with a mind to it can do: the reader finds its table gone. */
function dropCommits(file: string): void {
  const database = new Database(file);
  database.exec('DROP TABLE commits');
  database.close();
}

testEventLog('sqlite', make);
