import type { NumberedCommand } from '../../../shared/command.ts';
import type { BoardId, ClientId } from '../../../shared/ids.ts';
import type { OutboxStore } from './outbox-store.ts';

/** An outbox for tests: it lasts as long as the page. */
export function memoryOutboxStore(): OutboxStore {
  const boards = new Map<BoardId, Map<ClientId, readonly NumberedCommand[]>>();
  return {
    load: async (board) => new Map(boards.get(board)),
    write: async (board, client, { drop, put }) => {
      const clients = boards.get(board) ?? new Map<ClientId, readonly NumberedCommand[]>();
      const replaced = new Set(put.map(({ number }) => number));
      const kept = (clients.get(client) ?? []).filter(({ number }) => number > drop && !replaced.has(number));
      const commands = [...kept, ...put].sort((a, b) => a.number - b.number);
      if (commands.length > 0) clients.set(client, commands);
      else clients.delete(client);
      boards.set(board, clients);
    },
  };
}
