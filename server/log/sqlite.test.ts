import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BoardId } from '../../shared/ids.ts';
import { type LogUnderTest, testEventLog } from './contract.ts';
import type { EventLog, PackedCommit } from './event-log.ts';
import { openSqliteLog } from './sqlite.ts';
import { connectToWrite } from './sqlite/connection.ts';
import { Sealer } from './sqlite/sealing/sealer.ts';
import { storedCommits } from './sqlite/stored-commits.ts';

async function make(open: (dataFolder: string) => Promise<EventLog>): Promise<LogUnderTest> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'retrace-log-'));
  const file = join(dataFolder, 'retrace.db');
  const logs: EventLog[] = [await open(dataFolder)];
  return {
    log: logs[0]!,
    reopen: async () => {
      await logs[0]!.close();
      logs.push(await open(dataFolder));
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
    return [...storedCommits(database, board)];
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

const plainLog = (dataFolder: string) => openSqliteLog({ dataFolder, synchronous: 'FULL' });

testEventLog('sqlite', () => make(plainLog));

/** Whatever is asked of it finds all sealed that can be. */
async function sealedLog(dataFolder: string): Promise<EventLog> {
  const log = await plainLog(dataFolder);
  const seal = (): void => {
    const database = connectToWrite(join(dataFolder, 'retrace.db'), 'NORMAL');
    for (const _ of new Sealer(database, { tail: 1, events: 2, bytes: 100 }).seal());
    database.close();
  };
  return {
    epoch: log.epoch,
    append: (...append) => log.append(...append).then(seal),
    read: (...read) => log.read(...read),
    head: (board) => log.head(board),
    watch: (...watch) => log.watch(...watch),
    close: () => log.close(),
  };
}

testEventLog('sqlite with its old commits sealed', () => make(sealedLog));
