// Servers that the same room of drawers is measured on, each in a process of its own.

import { ChildServer } from './child-server.ts';
import { drawTogether, type RoomResult, type Span } from './drawers.ts';
import { bareRoom, retraceRoom, type Room, socketioRoom } from './rooms.ts';

export interface Contender {
  readonly name: string;
  readonly start: () => Promise<ChildServer>;
  readonly room: (server: ChildServer) => Promise<Room>;
}

const bare = (name: string, script: string, room = bareRoom): Contender => ({
  name,
  start: () => ChildServer.script(script),
  room: async (server) => room(server),
});

export const retrace: Contender = {
  name: 'Retrace',
  start: () => ChildServer.retrace(),
  room: (server) => retraceRoom(server),
};
export const bareUws = bare('bare uWebSockets.js broadcast', 'server/testing/load/bare-broadcast.ts');
export const bareWs = bare('bare ws broadcast', 'server/testing/load/bare-ws.ts');
export const socketio = bare('socket.io room', 'server/testing/load/bare-socketio.ts', socketioRoom);
/** Those that keep nothing. */
export const references: readonly Contender[] = [bareUws, bareWs, socketio];

/** A room of `drawers`, all of them drawing, on a server that is started for it. */
export async function measureRoom({ start, room }: Contender, drawers: number, span: Span): Promise<RoomResult> {
  const server = await start();
  try {
    return await drawTogether(server, await room(server), drawers, span);
  } finally {
    await server.stop();
  }
}
