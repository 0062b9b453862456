// How rooms speak that are measured: Retrace's own protocol, and the same updates through servers that keep nothing.

import type { BoardId, ClientId } from '../../../shared/ids.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import { packClientMessage, unpackServerMessages } from '../../../shared/wire/codec.ts';
import { type ClientMessage, PACKED_SUBPROTOCOL } from '../../../shared/wire/message.ts';
import { RawSocket } from './raw-socket.ts';

const UPDATES_PER_STROKE = 60;
/** Of an update that nobody looks at: about what ours take. */
const UPDATE_BYTES = 16;

/** Who sent which update, of one frame. */
export type Updates = readonly { readonly drawer: number; readonly update: number }[];

/** How a room speaks: what a drawer sends as its update number `update`, and which updates a frame brings. */
export interface Room {
  join(drawers: number): Promise<RawSocket[]>;
  update(drawer: number, update: number): (Uint8Array | string)[];
  read(frame: Buffer): Updates;
}

/** Any server of this machine. */
export interface Listening {
  readonly port: number;
}

/** Makes a board that anyone may draw on. */
export async function newBoard(server: Listening): Promise<BoardId> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/boards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (response.status !== 201) throw new Error(`No board was made: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: BoardId }).id;
}

/** Updates of Retrace's own protocol: two samples each, 60 to a stroke; on a new board, or on this one. */
export async function retraceRoom(server: Listening, board?: BoardId): Promise<Room> {
  const id = board ?? (await newBoard(server));
  const drawerOf = new Map<ClientId, number>();
  const authors: number[] = [];
  const updates: number[] = [];
  const known = new Map<string, Updates>();
  const numbers: number[] = [];
  const two = packSamples(
    [
      { x: 3, y: 2, pressure: 0.02, dt: 8 },
      { x: 6, y: 4, pressure: 0, dt: 8 },
    ],
    3,
    NIB_AT_ORIGIN,
  );

  function decode(frame: Buffer): Updates {
    const list: { drawer: number; update: number }[] = [];
    for (const message of unpackServerMessages(frame)) {
      if (message.type !== 'Commit') continue;
      for (const { by, event } of message.events) {
        if (event.type === 'AuthorJoined') authors[by] = drawerOf.get(event.client) ?? -1;
        const drawer = authors[by];
        if (drawer === undefined || (event.type !== 'StrokeStarted' && event.type !== 'StrokeExtended')) continue;
        list.push({ drawer, update: updates[drawer] as number });
        updates[drawer]!++;
      }
    }
    return list;
  }

  return {
    async join(drawers) {
      return Promise.all(
        Array.from({ length: drawers }, async (_, drawer) => {
          const socket = await RawSocket.open(server.port, `/api/boards/${id}/live`, PACKED_SUBPROTOCOL);
          const joined = new Promise<void>((resolve) => {
            socket.onFrame = (frame) => {
              for (const message of unpackServerMessages(frame)) {
                if (message.type === 'Joined') drawerOf.set(message.client, drawer);
                if (message.type === 'SnapshotBegan') resolve();
              }
            };
          });
          numbers[drawer] = 0;
          updates[drawer] = 0;
          socket.send(
            packClientMessage({
              type: 'Hello',
              secret: `load-secret-of-drawer-${drawer}`,
              slot: 1,
              name: `Drawer ${drawer}`,
              color: 'blue',
              after: 0,
              settled: 0,
            }),
          );
          await joined;
          return socket;
        }),
      );
    },
    update(drawer, update) {
      const stroke = Math.floor(update / UPDATES_PER_STROKE);
      const command = (what: Extract<ClientMessage, { type: 'Command' }>['command']): Uint8Array =>
        packClientMessage({ type: 'Command', number: ++numbers[drawer]!, command: what });
      if (update % UPDATES_PER_STROKE > 0) return [command({ type: 'ExtendStroke', samples: two.samples })];
      const end = stroke > 0 ? [command({ type: 'EndStroke' })] : [];
      const start = command({
        type: 'StartStroke',
        number: stroke + 1,
        kind: 'pen',
        style: { color: 'blue', width: 4 },
        pointer: 'mouse',
        precision: 3,
        samples: two.samples,
      });
      return [...end, start];
    },
    read(frame) {
      // Every receiver gets the same bytes: they are decoded for the first.
      const key = frame.toString('latin1', 0, 40) + frame.length;
      let list = known.get(key);
      if (!list) {
        list = decode(frame);
        if (known.size > 4000) known.clear();
        known.set(key, list);
      }
      return list;
    },
  };
}

/** The same updates through a bare broadcast: as many bytes, with the drawer and the update in the first ones. */
export function bareRoom(server: Listening): Room {
  return {
    join: (drawers) => Promise.all(Array.from({ length: drawers }, () => RawSocket.open(server.port, '/', ''))),
    update(drawer, update) {
      const message = Buffer.alloc(UPDATE_BYTES);
      message.writeUInt16LE(drawer, 0);
      message.writeUInt32LE(update, 2);
      return [message];
    },
    read: (frame) => [{ drawer: frame.readUInt16LE(0), update: frame.readUInt32LE(2) }],
  };
}

/** The same through socket.io: each update is a text that announces bytes, and the bytes. */
export function socketioRoom(server: Listening): Room {
  const bare = bareRoom(server);
  return {
    ...bare,
    join: (drawers) => Promise.all(Array.from({ length: drawers }, () => joinSocketio(server))),
    update: (drawer, update) => [ANNOUNCEMENT, ...bare.update(drawer, update)],
    read: (frame) => (frame[0] === TEXT && frame.length > UPDATE_BYTES ? [] : bare.read(frame)),
  };
}

const ANNOUNCEMENT = '451-["update",{"_placeholder":true,"num":0}]';
const TEXT = '4'.charCodeAt(0);

async function joinSocketio(server: Listening): Promise<RawSocket> {
  const socket = await RawSocket.open(server.port, '/socket.io/?EIO=4&transport=websocket', '');
  await new Promise<void>((resolve) => {
    // Engine.io opens with 0, socket.io is asked for with 40 and answers 40.
    socket.onFrame = (frame) => (frame[0] === TEXT ? resolve() : socket.send('40'));
  });
  return socket;
}
