// A process that says when it begins to migrate a database, so that it can be killed in the middle of it.
import { writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import { migrate, readMigrations } from '../migrate.ts';

const [file = '', folder = ''] = process.argv.slice(2);
const database = new Database(file);
writeSync(1, 'begins\n');
migrate(database, readMigrations(folder));
writeSync(1, 'done\n');
