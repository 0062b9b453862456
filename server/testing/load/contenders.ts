// Servers that the same room of drawers is measured on, each in a process of its own.

import { ChildServer } from './child-server.ts';
import { bareRoom, drawTogether, retraceRoom, type Room, type RoomResult, type Span } from './drawers.ts';

export interface Contender {
  readonly name: string;
  readonly start: () => Promise<ChildServer>;
  readonly room: (server: ChildServer) => Promise<Room>;
}

const bare = (name: string, script: string): Contender => ({
  name,
  start: () => ChildServer.script(script),
  room: async (server) => bareRoom(server),
});

export const retrace: Contender = { name: 'Retrace', start: () => ChildServer.retrace(), room: retraceRoom };
export const bareUws = bare('bare uWebSockets.js broadcast', 'server/testing/load/bare-broadcast.ts');
export const bareWs = bare('bare ws broadcast', 'server/testing/load/bare-ws.ts');

/** A room of `drawers`, all of them drawing, on a server that is started for it. */
export async function measureRoom({ start, room }: Contender, drawers: number, span: Span): Promise<RoomResult> {
  const server = await start();
  try {
    return await drawTogether(server, await room(server), drawers, span);
  } finally {
    await server.stop();
  }
}
