// The yardstick of a join: a server that sends as many bytes as it is asked for, as fast as they are taken, and does
// nothing else.

import { uWS } from '../../net/uws-binding.ts';

const FRAME = new Uint8Array(32 * 1024).fill(7);
const SENT = 1;

const server = uWS
  .App()
  .ws<{ left: number }>('/*', {
    maxBackpressure: 64 * 1024 * 1024,
    upgrade: (res, req, context) =>
      res.upgrade(
        { left: 0 },
        req.getHeader('sec-websocket-key'),
        req.getHeader('sec-websocket-protocol'),
        req.getHeader('sec-websocket-extensions'),
        context,
      ),
    message(ws, message) {
      ws.getUserData().left = new DataView(message).getUint32(0);
      send(ws);
    },
    // As in uws.ts: not within this call.
    drain(ws) {
      const data = ws.getUserData();
      setImmediate(() => data.left > 0 && send(ws));
    },
    close: (ws) => void (ws.getUserData().left = 0),
  })
  .listen('127.0.0.1', 0, (socket) => {
    process.stdout.write(`Bare sender: http://127.0.0.1:${uWS.us_socket_local_port(socket)}\n`);
  });

function send(ws: {
  getUserData(): { left: number };
  send(data: Uint8Array, isBinary: boolean, compress: boolean): number;
}): void {
  const data = ws.getUserData();
  while (data.left > 0) {
    const frame = FRAME.subarray(0, Math.min(FRAME.length, data.left));
    data.left -= frame.length;
    if (ws.send(frame, true, false) !== SENT) return;
  }
}

process.on('SIGTERM', () => {
  server.close();
  process.exit(0);
});
