import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { CannotOpenLog } from './cannot-open-log.ts';
import type { PackedCommit } from './event-log.ts';
import { commitHash } from './sqlite/commit-hash.ts';

/** "RTRC", as the first migration sets it. */
const applicationId = 0x52545243;
const filePattern = /^(\d{4})-[a-z0-9-]+\.sql$/;

export const migrationsFolder = fileURLToPath(new URL('../../migrations/', import.meta.url));

export interface Migration {
  readonly file: string;
  readonly sql: string;
}

/** The files of the folder in the order of their numbers, which run from 1 without a gap. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return files.sort().map((file, index) => {
    if (Number(filePattern.exec(file)?.[1]) !== index + 1) {
      throw new Error(
        `Migration ${index + 1} is to be named ${String(index + 1).padStart(4, '0')}-….sql, not ${file}.`,
      );
    }
    return { file, sql: readFileSync(`${folder}/${file}`, 'utf8') };
  });
}

/**
 * Brings a database up to the newest migration. Each is one transaction together with its number in `user_version`,
 * so that an interrupted one leaves the database as it was before it.
 * @throws CannotOpenLog when the database is another program's, or a newer Retrace's
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const version = schemaVersion(database);
  if (version > migrations.length) {
    throw new CannotOpenLog(
      `${database.name} was written by a newer Retrace (schema ${version}; this one knows ${migrations.length}). ` +
        'Start that version, or give this one another data folder.',
    );
  }
  database.function('commit_hash', { deterministic: true, varargs: true }, hashInSql);
  for (const [index, migration] of migrations.entries()) {
    if (index >= version) apply(database, migration, index + 1);
  }
}

/** `commit_hash(previous, id, after, last, at, bytes)` */
function hashInSql(...[previous, id, after, last, at, bytes]: unknown[]): Buffer {
  const commit = { after, last, at, bytes } as PackedCommit;
  return commitHash(previous as Uint8Array, id as string, commit);
}

/** How many migrations a database has had. @throws CannotOpenLog when it is another program's */
export function schemaVersion(database: Database): number {
  const id = database.pragma('application_id', { simple: true });
  const tables = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (id !== applicationId && (id !== 0 || tables !== 0)) {
    throw new CannotOpenLog(`${database.name} is a database of another program. Give Retrace another data folder.`);
  }
  return database.pragma('user_version', { simple: true }) as number;
}

function apply(database: Database, { file, sql }: Migration, version: number): void {
  const transaction = database.transaction(() => {
    database.exec(sql);
    database.pragma(`user_version = ${version}`);
  });
  try {
    transaction.immediate();
  } catch (cause) {
    throw new CannotOpenLog(`Migration ${file} of ${database.name} failed and was taken back: ${String(cause)}`, {
      cause,
    });
  }
}
