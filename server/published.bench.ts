// npm run bench published [-- --readers=2,40,200,5000 --seconds=4 --runs=3 --json]
// Handing a commit's frame to every reader: one `send` for each, as it is done here, against `publish` of uWebSockets.js,
// which skips in silence whoever is behind.

import type { BenchOptions, Measure } from '../shared/bench.ts';
import { ChildServer } from './testing/load/child-server.ts';
import { median } from './testing/load/median.ts';
import { RawSocket } from './testing/load/raw-socket.ts';

const WARM_UP = 1000;
const AT_ONCE = 100;
/** Frames a second, to all readers together, that the load can take in; and the shortest time between two, in ms. */
const MOST_FRAMES = 20_000;
const SHORTEST_PERIOD = 10;

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const seconds = Number(option('seconds', '4'));
  const runs = Number(option('runs', '3'));
  const measures: Measure[] = [];
  for (const readers of option('readers', '2,40,200,5000').split(',').map(Number)) {
    const [send, publish]: [number[], number[]] = [[], []];
    for (let i = 0; i < runs; i++) {
      send.push(await cpuPerFrame('send', readers, seconds));
      publish.push(await cpuPerFrame('publish', readers, seconds));
    }
    log(`${readers} readers: send ${send.map(text)}, publish ${publish.map(text)} µs`);
    const ratio = median(send.map((cpu, i) => cpu / (publish[i] as number)));
    measures.push({
      case: `readers=${readers}`,
      metric: 'send',
      value: median(send),
      unit: 'µs of CPU/frame',
      reference: 'publish',
      ratio,
    });
  }
  return measures;
}

/** Of the server's CPU for each frame that a reader has got, in µs. */
async function cpuPerFrame(how: 'send' | 'publish', readers: number, seconds: number): Promise<number> {
  const period = Math.max(SHORTEST_PERIOD, (readers / MOST_FRAMES) * 1000);
  const server = await ChildServer.script('server/testing/load/bare-ticker.ts', how, `${period}`);
  const sockets: RawSocket[] = [];
  let frames = 0;
  try {
    while (sockets.length < readers) {
      const more = Math.min(AT_ONCE, readers - sockets.length);
      sockets.push(...(await Promise.all(Array.from({ length: more }, () => RawSocket.open(server.port, '/', '')))));
    }
    for (const socket of sockets) socket.onFrame = () => frames++;
    await new Promise((resolve) => setTimeout(resolve, WARM_UP));
    const before = { frames, cpu: server.cpu() };
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
    return ((server.cpu() - before.cpu) * 1e6) / (frames - before.frames);
  } finally {
    for (const socket of sockets) socket.close();
    await server.stop();
  }
}

const text = (value: number): string => value.toFixed(2);
