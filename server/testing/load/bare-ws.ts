// What most tutorials do: each message to every other socket, with `ws`, and nothing kept.

import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, maxPayload: 64 * 1024 });
server.on('connection', (socket) =>
  socket.on('message', (message: Buffer) => {
    for (const other of server.clients) if (other !== socket) other.send(message, { binary: true });
  }),
);
server.on('listening', () => {
  process.stdout.write(`Bare ws: http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
