import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { CannotOpenLog } from './cannot-open-log.ts';
import { DamagedLog, advice } from './sqlite/advice.ts';
import { lockDataFolder } from './sqlite/data-folder-lock.ts';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';
import { RestartingWriter } from './sqlite/restarting-writer.ts';
import { connectToRead, connectToWrite, type Synchronous } from './sqlite/connection.ts';
import { Sealing, type SealingOptions } from './sqlite/sealing/sealing.ts';
import { SqliteReader, storeOf } from './sqlite/reader.ts';
import { SqliteLog } from './sqlite/sqlite-log.ts';
import { WriterThread } from './sqlite/writer-thread.ts';

export interface SqliteOptions {
  /** Made where it is missing. */
  readonly dataFolder: string;
  readonly synchronous: Synchronous;
  /** Old commits are sealed in the background; absent: they stay as they are. */
  readonly sealing?: SealingOptions;
}

/** The log in `retrace.db` of the data folder. @throws CannotOpenLog */
export async function openSqliteLog({ dataFolder, synchronous, sealing }: SqliteOptions): Promise<SqliteLog> {
  const folder = resolve(dataFolder);
  const file = `${folder}/retrace.db`;
  prepareFolder(folder);
  let unlock = () => {};
  try {
    unlock = lockDataFolder(folder);
    const opened = prepareDatabase(file, synchronous);
    const start = () => WriterThread.start({ file, synchronous });
    const reader = new SqliteReader(connectToRead(file));
    if (reader.store.opened !== opened) throw new CannotOpenLog(`${file} does not give back what was written to it.`);
    const writer = new RestartingWriter(await start(), start, reader);
    return new SqliteLog(writer, reader, unlock, sealing ? new Sealing(file, sealing) : null);
  } catch (cause) {
    unlock();
    throw cause instanceof CannotOpenLog
      ? cause
      : new CannotOpenLog(`${file} cannot be used: ${advice(cause)}`, { cause });
  }
}

function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new CannotOpenLog(`The data folder ${folder} cannot be written: ${advice(cause)}`, { cause });
  }
}

/** Brings the schema up to date and writes one number, which the reader must find: the returned one. */
function prepareDatabase(file: string, synchronous: Synchronous): number {
  const database = connectToWrite(file, synchronous);
  try {
    assertSound(database);
    migrate(database, readMigrations(migrationsFolder));
    database.exec('UPDATE store SET opened = opened + 1');
    return storeOf(database).opened;
  } finally {
    database.close();
  }
}

/** Larger files are not looked through at the start, in bytes: it takes about 5 ms for each MB. */
const quickCheckLimit = 32 * 1024 * 1024;

/** Finds damage at the start, where it is quick; otherwise the reader finds it, commit by commit. */
function assertSound(database: Database): void {
  const size = database
    .prepare<[], number>('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    .pluck()
    .get();
  if (size === undefined || size > quickCheckLimit) return;
  const [finding] = database.prepare<[], string>('PRAGMA quick_check(1)').pluck().all();
  if (finding !== 'ok') throw new DamagedLog(`it is damaged (${finding}).`);
}
