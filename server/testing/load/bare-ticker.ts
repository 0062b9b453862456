// What handing one frame to every reader costs, and nothing else: `bare-ticker.ts send 10` or `publish 10` sends the same
// frame of 300 bytes, about what a busy room's commit is, every 10 ms.

import type { WebSocket } from 'uws-20.69';
import { uWS } from '../../net/uws-binding.ts';

const [way = '', period = ''] = process.argv.slice(2);
const frame = new Uint8Array(300).fill(7);
const ways: Record<string, () => void> = {
  send() {
    for (const ws of sockets) ws.send(frame, true, false);
  },
  publish: () => void app.publish('room', frame, true, false),
};
const hand = ways[way];
if (!hand) throw new Error(`Say how: ${Object.keys(ways).join(' or ')}.`);

const sockets = new Set<WebSocket<unknown>>();
const app = uWS.App().ws('/*', {
  maxBackpressure: 16 * 1024 * 1024,
  open(ws) {
    ws.subscribe('room');
    sockets.add(ws);
  },
  close: (ws) => void sockets.delete(ws),
});
app.listen('127.0.0.1', 0, (socket) => {
  process.stdout.write(`Bare ticker: http://127.0.0.1:${uWS.us_socket_local_port(socket)}\n`);
});
setInterval(hand, Number(period));
process.on('SIGTERM', () => process.exit(0));
