import { connect, createServer, type Server, type Socket } from 'node:net';
import { PACKED_SUBPROTOCOL } from '../../shared/wire/message.ts';

const ours = PACKED_SUBPROTOCOL;
const other = ours.replace(/\d$/, (digit) => (digit === '9' ? '8' : '9'));

/** Stands before a server and makes it one of another protocol version, or again one of its own. */
export class VersionProxy {
  readonly #port: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #pretends = false;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
    this.#server = createServer((page) => this.#join(page));
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`;
  }

  /** The server is replaced by one of this version: whoever is connected has to come again. */
  replace(version: 'ours' | 'another'): void {
    this.#pretends = version === 'another';
    for (const socket of this.#sockets) socket.destroy();
  }

  stop(): void {
    this.replace('ours');
    this.#server.close();
  }

  #join(page: Socket): void {
    const server = connect(this.#port, '127.0.0.1');
    const pass = (from: Socket, to: Socket, name: string, becomes: string): void => {
      this.#sockets.add(from);
      from.on('data', (chunk: Buffer) => to.write(this.#pretends ? renamed(chunk, name, becomes) : chunk));
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    };
    pass(page, server, ours, other);
    pass(server, page, other, ours);
  }
}

/** The names are of one length, so nothing else of what passes changes. */
const renamed = (chunk: Buffer, name: string, becomes: string): Buffer =>
  Buffer.from(chunk.toString('latin1').replaceAll(name, becomes), 'latin1');
