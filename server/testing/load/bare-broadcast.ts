// The yardstick: the least that a server can do for people who draw together. Each message is published to the room,
// nothing is looked at, ordered or kept.

import { uWS } from '../../net/uws-binding.ts';

const server = uWS
  .App()
  .ws('/*', {
    maxBackpressure: 16 * 1024 * 1024,
    maxPayloadLength: 64 * 1024,
    open: (ws) => void ws.subscribe('room'),
    message: (ws, message, isBinary) => void ws.publish('room', message, isBinary),
  })
  .listen('127.0.0.1', 0, (socket) => {
    process.stdout.write(`Bare broadcast: http://127.0.0.1:${uWS.us_socket_local_port(socket)}\n`);
  });
process.on('SIGTERM', () => {
  server.close();
  process.exit(0);
});
