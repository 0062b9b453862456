import Database from 'better-sqlite3';

/** What somebody does to a stored log who takes the database's guards away for a moment. */
export function tamper(dataFolder: string, ...statements: string[]): void {
  const database = new Database(`${dataFolder}/retrace.db`);
  const putBack = removeGuards(database);
  for (const sql of statements) database.exec(sql);
  putBack();
  database.close();
}

/** Returns what puts them back. */
export function removeGuards(database: Database.Database): () => void {
  const guards = database
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  for (const { name } of guards) database.exec(`DROP TRIGGER ${name}`);
  return () => {
    for (const { sql } of guards) database.exec(sql);
  };
}
