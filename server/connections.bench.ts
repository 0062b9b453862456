// npm run bench connections [-- --counts=1000,5000,19000 --room=10 --json]
// What a connection costs that has joined a board and does nothing, in rooms of ten: the server's memory and the CPU that
// joining took, beside sockets of bare uWebSockets.js. A count that the limit of open files does not allow is cut to it.

import type { BoardId } from '../shared/ids.ts';
import { packClientMessage, unpackServerMessages } from '../shared/wire/codec.ts';
import { PACKED_SUBPROTOCOL } from '../shared/wire/message.ts';
import type { BenchOptions, Measure } from '../shared/bench.ts';
import type { ChildServer } from './testing/load/child-server.ts';
import { bareUws, retrace } from './testing/load/contenders.ts';
import { openFiles } from './testing/load/open-files.ts';
import { newBoard } from './testing/load/rooms.ts';
import { RawSocket } from './testing/load/raw-socket.ts';

/** Of the open files that a process may have, what is needed for other things. */
const OTHER_FILES = 200;
const ADDRESSES = 8;
const AT_ONCE = 100;

type Open = (server: ChildServer, index: number) => Promise<RawSocket>;

export async function run({ log, option }: BenchOptions): Promise<Measure[]> {
  const most = openFiles() - OTHER_FILES;
  const counts = option('counts', `1000,5000,${most}`)
    .split(',')
    .map((count) => Math.min(Number(count), most));
  const bare = await costs(await bareUws.start(), counts, (server, i) => RawSocket.open(server.port, '/', '', from(i)));
  log(`bare: ${bare.map(text).join('; ')}`);
  const ours = await costs(await retrace.start(), counts, joiner(Number(option('room', '10'))));
  log(`Retrace: ${ours.map(text).join('; ')}`);
  const reference = bareUws.name;
  return ours.flatMap(({ count, memory, cpu }, i) => {
    const beside = bare[i] as Cost;
    const name = `connections=${count}`;
    return [
      { case: name, metric: 'memory', value: memory, unit: 'KiB each', reference, ratio: memory / beside.memory },
      { case: name, metric: 'cpu', value: cpu, unit: 'ms to join', reference, ratio: cpu / beside.cpu },
    ];
  });
}

interface Cost {
  readonly count: number;
  /** KiB of resident memory for each connection, over what the server had before the first. */
  readonly memory: number;
  /** Ms of the server's CPU for each. */
  readonly cpu: number;
}

/** The cost with so many open, for one count after the other. Stops the server. */
async function costs(server: ChildServer, counts: readonly number[], open: Open): Promise<Cost[]> {
  const sockets: RawSocket[] = [];
  const before = { memory: server.memory(), cpu: server.cpu() };
  const found: Cost[] = [];
  try {
    for (const count of counts) {
      while (sockets.length < count) {
        const more = Math.min(AT_ONCE, count - sockets.length);
        const opened = Array.from({ length: more }, (_, i) => open(server, sockets.length + i));
        sockets.push(...(await Promise.all(opened)));
      }
      found.push({
        count,
        memory: ((server.memory() - before.memory) * 1024) / count,
        cpu: ((server.cpu() - before.cpu) * 1000) / count,
      });
    }
  } finally {
    for (const socket of sockets) socket.close();
    await server.stop();
  }
  return found;
}

/** Joins boards, so many to each. */
function joiner(room: number): Open {
  const boards = new Map<number, Promise<BoardId>>();
  return async (server, index) => {
    const number = Math.floor(index / room);
    const board = boards.get(number) ?? newBoard(server);
    boards.set(number, board);
    const path = `/api/boards/${await board}/live`;
    const socket = await RawSocket.open(server.port, path, PACKED_SUBPROTOCOL, from(index));
    const joined = new Promise<void>((resolve, reject) => {
      socket.onClose = () => reject(new Error(`Connection ${index} was closed before it had joined.`));
      socket.onFrame = (frame) => {
        if (unpackServerMessages(frame).some(({ type }) => type === 'SnapshotBegan')) resolve();
      };
    });
    const secret = `load-secret-of-idler-${index}`;
    const person = { secret, slot: 1, name: `Idler ${index}`, color: 'blue' } as const;
    socket.send(packClientMessage({ type: 'Hello', ...person, after: 0, settled: 0 }));
    await joined;
    return socket;
  };
}

const from = (index: number): string => `127.0.0.${2 + (index % ADDRESSES)}`;

const text = ({ count, memory, cpu }: Cost): string =>
  `${count} at ${memory.toFixed(1)} KiB and ${cpu.toFixed(2)} ms each`;
