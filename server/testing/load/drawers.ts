// One room in which everybody draws and everybody watches: the workload of the fan-out benchmark.

import type { BoardId, ClientId } from '../../../shared/ids.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import { packClientMessage, unpackServerMessages } from '../../../shared/wire/codec.ts';
import { type ClientMessage, PACKED_SUBPROTOCOL } from '../../../shared/wire/message.ts';
import type { ChildServer } from './child-server.ts';
import { Latencies } from './latencies.ts';
import { RawSocket } from './raw-socket.ts';

const UPDATES_PER_SECOND = 60;
const UPDATES_PER_STROKE = 60;
/** What came later than this after the last update is lost, in ms. */
const GRACE = 3000;

/** Who sent which update, of one frame. */
type Updates = readonly { readonly drawer: number; readonly update: number }[];

/** How a room speaks: what a drawer sends as its update number `update`, and which updates a frame brings. */
export interface Room {
  join(drawers: number): Promise<RawSocket[]>;
  update(drawer: number, update: number): Uint8Array[];
  read(frame: Buffer): Updates;
}

export interface RoomResult {
  /** CPU seconds of the server for each 100 000 updates delivered. */
  readonly cpu: number;
  /** Of one core, 0 … 1. */
  readonly busy: number;
  readonly p50: number;
  readonly p99: number;
  readonly lost: number;
  readonly delivered: number;
  /** Bytes of an update on the socket, framing and all, up and for each receiver down. */
  readonly up: number;
  readonly down: number;
}

/** How long a room draws, in seconds. */
export interface Span {
  readonly seconds: number;
  /** Before anything counts: a server that has just started is still compiling itself. */
  readonly warmUp: number;
}

/** Everybody draws, and sees what all the others draw. */
export async function drawTogether(
  server: ChildServer,
  room: Room,
  drawers: number,
  { seconds, warmUp }: Span,
): Promise<RoomResult> {
  const sockets = await room.join(drawers);
  const sentAt = sockets.map(() => new Float64Array((seconds + warmUp + 1) * UPDATES_PER_SECOND));
  const latencies = new Latencies();
  let delivered = 0;
  let counting = false;
  sockets.forEach((socket, receiver) => {
    socket.onFrame = (frame) => {
      const now = performance.now();
      // No iterator, and nothing kept of each: at 240 drawers this runs three million times a second.
      const updates = room.read(frame);
      for (let i = 0; i < updates.length; i++) {
        const { drawer, update } = updates[i] as Updates[number];
        if (drawer === receiver) continue;
        const at = (sentAt[drawer] as Float64Array)[update] as number;
        if (at === 0) continue;
        delivered++;
        if (counting) latencies.add(now - at);
      }
    };
  });
  const began = performance.now();
  const bytes = (): { up: number; down: number } => ({
    up: sockets.reduce((sum, socket) => sum + socket.bytesUp, 0),
    down: sockets.reduce((sum, socket) => sum + socket.bytesDown, 0),
  });
  const next = sockets.map(() => 0);
  let before = { cpu: server.cpu(), delivered: 0, ...bytes() };
  let sent = 0;
  let sentBefore = 0;
  const send = (now: number): void => {
    for (let drawer = 0; drawer < drawers; drawer++) {
      const due = Math.floor(((now - began) / 1000) * UPDATES_PER_SECOND + drawer / drawers);
      for (; (next[drawer] as number) < due; next[drawer]!++) {
        const update = next[drawer] as number;
        (sentAt[drawer] as Float64Array)[update] = performance.now();
        for (const message of room.update(drawer, update)) sockets[drawer]?.send(message);
        sent++;
      }
    }
  };
  for (let now = began; now < began + (seconds + warmUp) * 1000; now = performance.now()) {
    if (!counting && now > began + warmUp * 1000) {
      counting = true;
      before = { cpu: server.cpu(), delivered, ...bytes() };
      sentBefore = sent;
    }
    send(now);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const cpu = server.cpu() - before.cpu;
  const after = { delivered: delivered - before.delivered, ...bytes() };
  const sentWhileCounting = sent - sentBefore;
  const lost = (): number => sent * (drawers - 1) - delivered;
  for (let waited = 0; lost() > 0 && waited < GRACE; waited += 20) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  for (const socket of sockets) socket.close();
  return {
    cpu: (cpu / after.delivered) * 100_000,
    busy: cpu / seconds,
    p50: latencies.at(0.5),
    p99: latencies.at(0.99),
    lost: lost(),
    delivered,
    up: (after.up - before.up) / sentWhileCounting,
    down: (after.down - before.down) / (sentWhileCounting * (drawers - 1)),
  };
}

/** Makes a board that anyone may draw on. */
export async function newBoard(server: ChildServer): Promise<BoardId> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/boards`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (response.status !== 201) throw new Error(`No board was made: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: BoardId }).id;
}

/** Updates of Retrace's own protocol: two samples each, 60 to a stroke. */
export async function retraceRoom(server: ChildServer): Promise<Room> {
  const id = await newBoard(server);
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
export function bareRoom(server: ChildServer, bytes = 16): Room {
  return {
    join: (drawers) => Promise.all(Array.from({ length: drawers }, () => RawSocket.open(server.port, '/', ''))),
    update(drawer, update) {
      const message = Buffer.alloc(bytes);
      message.writeUInt16LE(drawer, 0);
      message.writeUInt32LE(update, 2);
      return [message];
    },
    read: (frame) => [{ drawer: frame.readUInt16LE(0), update: frame.readUInt32LE(2) }],
  };
}
