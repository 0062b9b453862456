import Database from 'better-sqlite3';

/**
 * FULL: an append is on the disk before it resolves. NORMAL: a power cut may take the last appends back, though it
 * never damages the file and a crash of the process alone loses nothing.
 */
export type Synchronous = 'FULL' | 'NORMAL';

/** Longest wait for another's lock, in ms. */
const lockWait = 2_000;

/** The WAL file is cut back to this after a checkpoint that found it larger, in bytes. */
const walLimit = 64 * 1024 * 1024;

/**
 * What a connection keeps of the database, in KiB. better-sqlite3 lets each keep 16 MB, so that for hours a server on a new
 * log takes as much more memory as the log grows. What is not in it is in the system's own cache.
 */
const cacheSize = 4096;

/**
 * The one connection that writes. Nobody else should ever hold its lock, but a reader that meets a half-written index of
 * the WAL takes it for a moment, and so does a person with the `sqlite3` program: it waits, which in its own thread harms
 * no one.
 */
export function connectToWrite(file: string, synchronous: Synchronous, mustExist = false): Database.Database {
  const database = new Database(file, { timeout: lockWait, fileMustExist: mustExist });
  try {
    database.pragma('journal_mode = WAL');
    // better-sqlite3 opens a WAL database as NORMAL unless told.
    database.pragma(`synchronous = ${synchronous}`);
    // On macOS a plain fsync leaves the bytes in the drive's own memory; elsewhere these two change nothing.
    database.pragma('fullfsync = ON');
    database.pragma('checkpoint_fullfsync = ON');
    database.pragma(`journal_size_limit = ${walLimit}`);
    database.pragma(`cache_size = -${cacheSize}`);
    database.pragma('foreign_keys = ON');
    database.pragma('trusted_schema = OFF');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** A connection that only reads, for short reads: a long one would let the WAL grow. */
export function connectToRead(file: string): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: 50 });
  database.pragma(`cache_size = -${cacheSize}`);
  database.pragma('trusted_schema = OFF');
  return database;
}
