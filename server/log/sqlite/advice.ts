/** What SQLite did not notice, or said without an error code. */
export class DamagedLog extends Error {
  override readonly name = 'DamagedLog';
}

/** What a person can do about an error of the database: the end of a sentence that names the file. */
export function advice(cause: unknown): string {
  const { code = '', message } = cause as { code?: string; message: string };
  if (code === 'SQLITE_NOTADB') return `it is not a database, or its beginning is damaged. ${wayOut}`;
  if (code.startsWith('SQLITE_CORRUPT')) return `it is damaged. ${wayOut}`;
  if (cause instanceof DamagedLog) return `${message} ${wayOut}`;
  if (code === 'SQLITE_ERROR') return `its tables are not as they were made (${message}). ${wayOut}`;
  if (code === 'SQLITE_FULL') return 'the disk is full.';
  return `${message}.`;
}

/** Out of damage, for the person who keeps the log. */
export const wayOut =
  'Restore it from a backup, or move it away and save from it what can still be read: ' +
  '`npm run retrace -- recover DAMAGED.db NEW.db`.';
