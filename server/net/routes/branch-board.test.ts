import { afterAll, describe, expect, test } from 'vitest';
import type { BoardId } from '../../../shared/ids.ts';
import { startStroke } from '../../../shared/testing/peers.ts';
import { BoardClient } from '../../cli/board-client.ts';
import { keyIn, makeBoard, refusalOf, startTestServer } from '../../testing/test-server.ts';

const server = await startTestServer();
const clients: BoardClient[] = [];
afterAll(() => clients.forEach((client) => client.close()));

async function on(board: string, name: string): Promise<BoardClient> {
  const address = `${server.url.replace('http', 'ws')}/api/boards/${board}/live`;
  const client = new BoardClient({ address, secret: `secret-of-drawer-${name}`, name, color: 'blue' });
  clients.push(client);
  await client.connect();
  return client;
}

async function stroke(client: BoardClient): Promise<void> {
  client.do(startStroke(client.nextStroke()));
  client.do({ type: 'EndStroke' });
  await client.settled();
}

const branch = (board: string, body: object): Promise<Response> =>
  fetch(`${server.url}/api/boards/${board}/branches`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

interface Made {
  readonly id: BoardId;
  readonly title: string;
  readonly origin: object;
}

async function events(board: string): Promise<{ revision: number; type: string }[]> {
  const response = await fetch(`${server.url}/api/boards/${board}/events`);
  return ((await response.json()) as { events: { revision: number; type: string }[] }).events;
}

describe('branching', () => {
  test('[N29] [F11] a branch has the past of its parent up to the moment, and goes its own way; the parent is untouched', async () => {
    const parent = (await makeBoard(server, { title: 'Plan' })) as unknown as { id: BoardId };
    const ann = await on(parent.id, 'ann');
    await stroke(ann);
    const at = ann.confirmed.revision;
    await stroke(ann);
    const before = await events(parent.id);

    const response = await branch(parent.id, { at });
    expect(response.status).toBe(201);
    const made = (await response.json()) as Made;
    expect(made).toMatchObject({ title: 'Plan (branch)', origin: { board: parent.id, revision: at } });
    const own = await events(made.id);
    expect(own.slice(1, at)).toEqual(before.slice(1, at));
    expect(own.slice(at).map(({ type }) => type)).toEqual(['BoardBranched']);

    const bo = await on(made.id, 'bo');
    expect(bo.confirmed.shapes.size).toBe(1);
    expect(bo.confirmed).toMatchObject({ title: 'Plan (branch)', origin: { board: parent.id, revision: at } });
    await stroke(bo);
    expect(bo.confirmed.shapes.size).toBe(2);
    // Whoever drew on the parent goes on under their own number.
    const again = await on(made.id, 'ann');
    await stroke(again);
    expect(again.confirmed.authors).toHaveLength(2);
    expect(await events(parent.id)).toEqual(before);
  });

  test('[N29] within a commit too, by time, and under another title', async () => {
    const parent = (await makeBoard(server, { title: '' })) as unknown as { id: BoardId };
    const ann = await on(parent.id, 'cleo');
    for (let i = 0; i < 4; i++) await stroke(ann);
    for (let at = 1; at <= ann.confirmed.revision; at++) {
      const made = (await (await branch(parent.id, { at, title: 'Other' })).json()) as Made;
      expect((await events(made.id)).map(({ revision }) => revision)).toEqual(
        Array.from({ length: at + 1 }, (_, i) => i + 1),
      );
    }
    const now = (await (await branch(parent.id, { at: new Date().toISOString() })).json()) as Made;
    expect(now.origin).toMatchObject({ revision: ann.confirmed.revision });
  });

  test('[N29] is as open as the board that it is from, with keys of its own', async () => {
    const parent = await makeBoard(server, { access: 'private' });
    const key = keyIn((parent.links as unknown as { edit: string }).edit);
    const response = await fetch(`${server.url}/api/boards/${parent.id}/branches`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    const made = (await response.json()) as { id: string; access: string; links: { edit: string } };
    expect(made.access).toBe('private');
    expect(keyIn(made.links.edit)).not.toBe(key);
    const asking = (own: string): Promise<Response> =>
      fetch(`${server.url}/api/boards/${made.id}`, { headers: { authorization: `Bearer ${own}` } });
    expect([(await asking(key)).status, (await asking(keyIn(made.links.edit))).status]).toEqual([403, 200]);
  });

  test('[N29] moments that are none, and boards that are none, are refused', async () => {
    const parent = (await makeBoard(server, { title: '' })) as unknown as { id: BoardId };
    expect(await refusalOf(await branch(parent.id, { at: 99 }))).toEqual([400, 'BadRequest']);
    expect(await refusalOf(await branch(parent.id, { at: 0 }))).toEqual([400, 'BadRequest']);
    expect(await refusalOf(await branch(parent.id, { at: 'noon' }))).toEqual([400, 'BadRequest']);
    expect(await refusalOf(await branch(parent.id, { form: 1 }))).toEqual([400, 'BadRequest']);
    expect(await refusalOf(await branch('AAAAAAAAAAAAAAAA', {}))).toEqual([404, 'NoSuchBoard']);
  });
});
