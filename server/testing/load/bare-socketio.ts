// As socket.io's own documentation has it: who speaks is heard by everybody else in the room, and nothing is kept.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const server = new Server(http, { transports: ['websocket'], maxHttpBufferSize: 64 * 1024 });
server.on('connection', async (socket) => {
  await socket.join('room');
  socket.on('update', (update: Buffer) => socket.to('room').emit('update', update));
});
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`Bare socket.io: http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
