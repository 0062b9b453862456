import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startStroke } from '../shared/testing/peers.ts';
import { BoardView } from './board.svelte.ts';
import { Identity } from './identity.svelte.ts';
import { BOARD, SimulatedBrowser } from './testing/simulated-browser.ts';
import { SimulatedServer } from './testing/simulated-server.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

function open(server: SimulatedServer, by = 0): { view: BoardView; identity: Identity } {
  const identity = new Identity(null, (count) => Uint8Array.from({ length: count }, () => (count === 3 ? 0 : by)));
  const browser = new SimulatedBrowser('Ann');
  browser.self = identity;
  browser.remember = (participant) => identity.remember(participant);
  return { identity, view: new BoardView(BOARD, identity, () => browser.open(server).client) };
}

test('[C29] what components see follows the replica', async () => {
  const server = new SimulatedServer();
  const { view } = open(server);
  expect(view).toMatchObject({ loaded: false, canUndo: false, people: [] });
  expect(view.me).toEqual({ client: null, role: null, name: 'Quick Heron', color: 'red' });
  await pass(200);
  expect(view).toMatchObject({ loaded: true, title: 'Story', status: { state: 'Live' }, epoch: server.epoch });
  expect(view.me.role).toBe('editor');
  view.propose(startStroke(view.nextGesture()));
  expect(view.board.shapes.size).toBe(1);
  expect(view.confirmed.shapes.size).toBe(0);
  expect([view.canUndo, view.canRedo]).toEqual([true, false]);
  await pass(100);
  expect(view.confirmed.shapes.size).toBe(1);
  view.undo();
  expect([view.canUndo, view.canRedo]).toEqual([false, true]);
  view.redo();
  expect(view.board.shapes.size).toBe(1);
  view.rename('  A\ttitle\u0000 ');
  await pass(100);
  expect(server.board.title).toBe('A title');
  await view.close();
});

test('[C26] another name goes to the identity, to the board and to the people', async () => {
  const server = new SimulatedServer();
  const { view, identity } = open(server);
  await pass(200);
  view.propose(startStroke(1));
  view.changeAuthor('Anna', 'teal');
  await pass(100);
  expect(identity.name).toBe('Anna');
  expect(view.me).toMatchObject({ name: 'Anna', color: 'teal' });
  expect(server.board.authors.map(({ name, color }) => [name, color])).toEqual([['Anna', 'teal']]);
  await view.close();
});

test('[C26] who changes their name before they draw joins the board under the new one', async () => {
  const server = new SimulatedServer();
  const { view } = open(server);
  await pass(200);
  view.changeAuthor('Anna', 'teal');
  view.propose(startStroke(1));
  await pass(100);
  expect(server.board.authors.map(({ name }) => name)).toEqual(['Anna']);
  await view.close();
});

test('[C31] who comes by chance with a colour that somebody has takes a free one; one that was chosen stays', async () => {
  const server = new SimulatedServer();
  const ann = open(server);
  await pass(200);
  ann.view.propose(startStroke(1));
  const [bob, cleo] = [open(server, 1), open(server, 2)];
  await pass(200);
  expect([ann, bob].map(({ view }) => view.me.color)).toEqual(['red', 'orange']);
  bob.view.propose(startStroke(1));
  await pass(200);
  expect(server.board.authors.map(({ color }) => color)).toEqual(['red', 'orange']);
  // Cleo is still where Bob was; here are only the others, which this server says nothing of by itself.
  const { client, name, color } = server.board.authors[1]!;
  const here = { connection: 2, client, name, color, role: 'editor', cursor: null, past: false } as const;
  server.last.say({ type: 'PresenceChanged', everyone: true, changes: [here], left: [] });
  await pass(200);
  expect(cleo.view.me.color).toBe('green');
  // Another name chooses no colour; another colour is chosen, whoever has it.
  bob.view.changeAuthor('Bob', 'orange');
  expect(bob.identity).toMatchObject({ name: 'Bob', color: 'red', colorChosen: false });
  bob.view.changeAuthor('Bob', ann.view.me.color);
  await pass(200);
  expect(bob.view.me).toMatchObject({ name: 'Bob', color: ann.view.me.color });
  expect(bob.identity.colorChosen).toBe(true);
  for (const { view } of [ann, bob, cleo]) await view.close();
});

test('[C9] a refusal by the server can be shown', async () => {
  const server = new SimulatedServer();
  const { view } = open(server);
  await pass(200);
  const { author } = server.last;
  if (author) server.last.author = { ...author, role: 'viewer' };
  view.propose(startStroke(1));
  await pass(100);
  expect(view.rejection?.code).toBe('NotAllowed');
  await view.close();
});
