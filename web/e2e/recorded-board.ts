import { packedCommit } from '../../server/commits.ts';
import { openSqliteLog } from '../../server/log/sqlite.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId } from '../../shared/ids.ts';
import { TestServer } from './server.ts';

/** A server that has one board, with a history that was made elsewhere. */
export async function serverWith(name: string, id: string, commits: readonly Commit[]): Promise<TestServer> {
  const server = new TestServer(name);
  const log = await openSqliteLog({ dataFolder: server.folder, synchronous: 'NORMAL' });
  await log.append(id as BoardId, 0, commits.map(packedCommit));
  await log.close();
  return server.start();
}
