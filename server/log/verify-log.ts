import type { Database } from 'better-sqlite3';
import { databaseIn, openStoredLog } from './sqlite/stored-log.ts';
import { type BoardVerdict, type Heads, storedBoards, structuralFaults, verifyBoard } from './sqlite/verify.ts';

export type { BoardVerdict, Head, Heads, Misfit } from './sqlite/verify.ts';

export interface VerifyOptions {
  readonly dataFolder: string;
  /** Which boards; all where there are none. */
  readonly boards: readonly string[];
  /** What was noted earlier. */
  readonly heads: Heads;
}

export interface Verdict {
  readonly boards: readonly BoardVerdict[];
  /** What SQLite finds wrong with the file itself. */
  readonly structure: readonly string[];
}

/** Verifies the log in a data folder, while a server is running on it or not. @throws CannotOpenLog */
export function verifyLog(options: VerifyOptions): Verdict {
  return verifyFile(databaseIn(options.dataFolder), options.boards, options.heads);
}

export function verifyFile(file: string, boards: readonly string[] = [], heads: Heads = {}): Verdict {
  const database = openStoredLog(file);
  try {
    const structure = structuralFaults(database);
    const all = boards.length > 0 ? boards : [...new Set([...listed(database, structure), ...Object.keys(heads)])];
    return { structure, boards: all.map((board) => verifyBoard(database, board, ownHead(heads, board))) };
  } finally {
    database.close();
  }
}

/** Where the list of boards itself is damaged, that is one more of the faults. */
function listed(database: Database, structure: string[]): string[] {
  try {
    return storedBoards(database);
  } catch (error) {
    if (!(error as { code?: string }).code?.startsWith('SQLITE_')) throw error;
    structure.push(`which boards there are cannot be read: ${(error as Error).message}`);
    return [];
  }
}

const ownHead = (heads: Heads, board: string) => (Object.hasOwn(heads, board) ? heads[board] : undefined);
