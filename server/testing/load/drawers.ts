// One room in which everybody draws and everybody watches: the workload of the fan-out benchmark.

import type { ChildServer } from './child-server.ts';
import { Latencies } from './latencies.ts';
import type { Room, Updates } from './rooms.ts';

const UPDATES_PER_SECOND = 60;
/** What came later than this after the last update is lost, in ms. */
const GRACE = 3000;

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
