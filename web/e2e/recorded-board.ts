import { keepBoard } from '../../server/testing/load/drawn-board.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId } from '../../shared/ids.ts';
import { TestServer } from './server.ts';

/** A server that has one board, with a history that was made elsewhere. */
export async function serverWith(name: string, id: string, commits: readonly Commit[]): Promise<TestServer> {
  const server = new TestServer(name);
  await keepBoard(server.folder, id as BoardId, commits);
  return server.start();
}
