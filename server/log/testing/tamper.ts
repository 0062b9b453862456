import Database from 'better-sqlite3';

/** What somebody does to a stored log who takes the database's guards away first. */
export function tamper(dataFolder: string, ...statements: string[]): void {
  const database = new Database(`${dataFolder}/retrace.db`);
  removeGuards(database);
  for (const sql of statements) database.exec(sql);
  database.close();
}

export function removeGuards(database: Database.Database): void {
  const triggers = database.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all();
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
}
