import { expect, test } from 'vitest';
import type { EventLog } from '../log/event-log.ts';
import { memoryLog } from '../log/memory.ts';
import { get, keyIn, makeBoard, startTestServer } from '../testing/test-server.ts';
import { startStroke } from '../../shared/testing/peers.ts';
import { BoardClient, Refused } from './board-client.ts';

const person = { secret: 'a-person-in-a-test', name: 'Ada', color: 'red' } as const;
const addressOf = (port: number, id: string): string => `ws://127.0.0.1:${port}/api/boards/${id}/live`;

/** A log that outlives the servers over it. */
function lastingLog(): EventLog {
  const log = memoryLog();
  return {
    epoch: log.epoch,
    append: (...append) => log.append(...append),
    read: (...read) => log.read(...read),
    head: (board) => log.head(board),
    watch: (...watch) => log.watch(...watch),
    close: async () => {},
  };
}

test('[N26] what is done while the server is away arrives once when it is back', async () => {
  const log = lastingLog();
  const first = await startTestServer({}, { log });
  const { id } = await makeBoard(first);
  const client = new BoardClient({ ...person, address: addressOf(first.port, id) });
  await client.connect();
  client.do(startStroke(client.nextStroke()));
  client.do({ type: 'EndStroke' });
  await client.settled();

  await first.stop();
  for (let i = 0; i < 3; i++) {
    client.do(startStroke(client.nextStroke()));
    client.do({ type: 'EndStroke' });
  }
  const second = await startTestServer({ port: first.port }, { log });
  await client.settled();
  client.close();
  const board = (await (await get(second, `/api/boards/${id}`)).json()) as { shapes: number; revision: number };
  // BoardCreated, AuthorJoined, and two events for each of four strokes.
  expect(board).toMatchObject({ shapes: 4, revision: 10 });
  expect(client.rejections).toEqual([]);
});

test('[N26] a refusal that coming back would not change ends it, with the reason', async () => {
  const server = await startTestServer();
  const client = (id: string, key?: string) =>
    new BoardClient({ ...person, address: addressOf(server.port, id), ...(key ? { key } : {}) });
  await expect(client('AAAAAAAAAAAAAAAA').connect()).rejects.toThrow(Refused);
  await expect(client('AAAAAAAAAAAAAAAA').connect()).rejects.toThrow('NoSuchBoard');
  await expect(client('short').connect()).rejects.toThrow('404');
  const { id, links } = await makeBoard(server, { access: 'private' });
  await expect(client(id).connect()).rejects.toThrow('NotAllowed');
  const owner = client(id, keyIn(links['edit']));
  await owner.connect();
  owner.close();
});

test('[N26] what the board refuses is told and not waited for', async () => {
  const server = await startTestServer();
  const { id } = await makeBoard(server);
  const client = new BoardClient({ ...person, address: addressOf(server.port, id) });
  await client.connect();
  client.do({ type: 'Undo' });
  await client.settled();
  expect(client.rejections.map(({ code }) => code)).toEqual(['NothingToUndo']);
  client.close();
});
