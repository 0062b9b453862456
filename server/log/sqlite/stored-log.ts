import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Database } from 'better-sqlite3';
import { CannotOpenLog } from '../cannot-open-log.ts';
import { migrationsFolder, readMigrations, schemaVersion } from '../migrate.ts';
import { advice } from './advice.ts';
import { connectToRead } from './connection.ts';

export const databaseIn = (dataFolder: string): string => `${resolve(dataFolder)}/retrace.db`;

/** A log's database to look at and never write, whether a server is running on it or not. @throws CannotOpenLog */
export function openStoredLog(file: string): Database {
  if (!existsSync(file)) throw new CannotOpenLog(`There is no ${file}.`);
  let database: Database | null = null;
  try {
    database = connectToRead(file);
    assertCurrent(database);
    return database;
  } catch (cause) {
    database?.close();
    throw cause instanceof CannotOpenLog
      ? cause
      : new CannotOpenLog(`${file} cannot be read: ${advice(cause)}`, { cause });
  }
}

function assertCurrent(database: Database): void {
  const known = readMigrations(migrationsFolder).length;
  const version = schemaVersion(database);
  if (version === known) return;
  throw new CannotOpenLog(
    version > known
      ? `${database.name} was written by a newer Retrace (schema ${version}; this one knows ${known}).`
      : `${database.name} is of an older Retrace (schema ${version} of ${known}). Start the server on it once: that brings it up to date.`,
  );
}
