// Servers, clients and the network between them in one thread, where a seed decides what happens next.
// Hosts, connections, codec and replicas are the real ones; only the disk, the sockets and the clock are not.

import type { BoardId } from '../../shared/ids.ts';
import { seededRandom } from '../../shared/testing/random.ts';
import { Boards } from '../boards.ts';
import { Connection } from '../connection.ts';
import type { ConnectionOptions } from '../connection-options.ts';
import type { EventLog } from '../log/event-log.ts';
import { memoryLog } from '../log/memory.ts';
import { packedDialect } from '../packed-dialect.ts';
import { SimulatedClient } from './simulated-client.ts';
import { VirtualTime } from './virtual-time.ts';
import { type Faults, Wire } from './wire.ts';

export const BOARD = 'SimulatedBoard01' as BoardId;

export interface SimulationOptions {
  readonly seed: number;
  readonly clients: number;
  /** Servers on one log. */
  readonly hosts: number;
  readonly faults: Faults;
  readonly log?: EventLog;
}

export class Simulation {
  readonly random: () => number;
  readonly time = new VirtualTime();
  readonly log: EventLog;
  readonly clients: SimulatedClient[];
  readonly faults: Faults;
  /** Close reasons by how often they were given. */
  readonly closed = new Map<string, number>();
  readonly failures: unknown[] = [];
  readonly #servers: ConnectionOptions[];

  constructor({ seed, clients, hosts, faults, log = memoryLog() }: SimulationOptions) {
    this.random = seededRandom(seed);
    this.faults = faults;
    this.log = log;
    this.#servers = Array.from({ length: hosts }, () => this.#server());
    this.clients = Array.from({ length: clients }, (_, i) => new SimulatedClient(`secret-of-the-client-${i}`, this));
  }

  async create(): Promise<void> {
    await this.#servers[0]?.boards.create({ title: 'Simulated', access: 'edit' });
  }

  /** A connection to one of the servers. */
  connect(): Wire {
    const options = this.#servers[Math.floor(this.random() * this.#servers.length)] as ConnectionOptions;
    return new Wire(this, (socket) => new Connection(socket, BOARD, packedDialect, options));
  }

  /** One thing happens: a frame arrives, a client does something, a connection breaks, time passes. */
  async step(): Promise<void> {
    const client = this.clients[Math.floor(this.random() * this.clients.length)] as SimulatedClient;
    const what = this.random();
    if (what < 0.35) client.act();
    else if (what < 0.85) client.wire?.carry(this.faults);
    else if (what < 0.85 + this.faults.disconnect) client.disconnect();
    else this.time.advance(1 + Math.floor(this.random() * 40));
    await this.settle();
  }

  /** No more faults: everybody connects, everything arrives. False if that does not end. */
  async converge(): Promise<boolean> {
    for (const client of this.clients) client.disconnect();
    for (let round = 0; round < 3000; round++) {
      for (const client of this.clients) {
        client.send();
        client.wire?.carry(noFaults);
      }
      this.time.advance(20);
      await this.settle();
      if (await this.#isQuiet()) return true;
    }
    return false;
  }

  /** Lets promises that can go on do so. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.boards.close()));
  }

  async #isQuiet(): Promise<boolean> {
    const head = await this.log.head(BOARD);
    return this.clients.every(({ replica, wire }) => {
      return wire?.isEmpty && replica?.pending.length === 0 && replica.confirmed.revision === head;
    });
  }

  #server(): ConnectionOptions {
    const elapsed = (): number => this.time.now;
    const boards = new Boards(this.log, {
      now: elapsed,
      elapsed,
      scheduler: this.time.scheduler,
      rest: (commands) => (commands > 1 ? 3 : 0),
      newBoardId: () => BOARD,
    });
    return {
      boards,
      now: elapsed,
      elapsed,
      after: (ms, callback) => this.time.after(ms, callback),
      connections: new Set(),
      limits: { messagesPerSecond: 1e6, messageBurst: 1e6, bytesPerSecond: 1e9, byteBurst: 1e9, helloTimeoutMs: 1e9 },
      observer: {
        received() {},
        rejected() {},
        closed: (reason) => void this.closed.set(reason, (this.closed.get(reason) ?? 0) + 1),
        failed: (error) => void this.failures.push(error),
      },
    };
  }
}

export const noFaults: Faults = { drop: 0, repeat: 0, reorder: 0, disconnect: 0, full: 0 };
