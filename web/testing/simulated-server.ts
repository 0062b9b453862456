// A server in the test's own thread, with a network in between that the story slows, cuts and stuffs as it likes.
// Time is vitest's: run it with fake timers.

import { Subject } from 'rxjs';
import type { Board } from '../../shared/board.ts';
import type { CommandAuthor } from '../../shared/decide.ts';
import { type ClientId, clientId, type Epoch, type ParticipantId, type ShapeId } from '../../shared/ids.ts';
import { valuesOf } from '../../shared/persistent-map.ts';
import { packSnapshot, snapshotOf } from '../../shared/wire/board-codec.ts';
import { packServerMessage, unpackClientMessages } from '../../shared/wire/codec.ts';
import {
  type ClientMessage,
  closeReasons,
  type CloseReason,
  type Hello,
  type ServerMessage,
} from '../../shared/wire/message.ts';
import type { Socket, SocketClosed } from '../net/transport.ts';
import { DecidingLog } from './deciding-log.ts';

/** The participant that a secret makes; any rule will do. */
export const participantOf = (secret: string): ParticipantId => secret.slice(0, 12).padEnd(12, '_') as ParticipantId;

export class SimulatedServer {
  log = new DecidingLog();
  epoch = 'epoch-of-store-1' as Epoch;
  /** Every socket that was ever opened, the last one last. */
  readonly sockets: SimulatedSocket[] = [];
  /** Each command that arrived, also again. */
  readonly heard: { readonly client: ClientId; readonly number: number }[] = [];
  /** One way, in ms. */
  latency = 10;
  /** Nothing gets through in either direction, and nobody is told. */
  cut = false;
  /** Nobody listens. */
  down = false;
  /** It hears and does not answer to commands. */
  mute = false;
  /** Of those who join. */
  role: CommandAuthor['role'] = 'editor';

  open(): SimulatedSocket {
    const socket = new SimulatedSocket(this);
    this.sockets.push(socket);
    return socket;
  }

  get board(): Board {
    return this.log.board;
  }

  /** The board in its one form, to compare it with those of the replicas. */
  get boardBytes(): Uint8Array {
    return bytesOf(this.board);
  }

  /** What is on it, from the back to the front. */
  get shapes(): readonly ShapeId[] {
    return shapesOf(this.board);
  }

  get last(): SimulatedSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('Nobody has connected.');
    return socket;
  }

  get joined(): readonly SimulatedSocket[] {
    return this.sockets.filter(({ author }) => author !== null);
  }

  /** All connections end, as when a process is killed. */
  drop(code = 1006): void {
    for (const socket of this.sockets) socket.end(code);
  }

  /** As after a backup was restored: what came after a revision is gone, and the store has another name. */
  restore(revision: number): void {
    this.drop();
    this.log = this.log.upTo(revision);
    this.epoch = `epoch-of-store-${Number(this.epoch.at(-1)) + 1}` as Epoch;
  }

  /** Tells everybody of the commits after a revision. */
  publish(after: number): void {
    for (const commit of this.log.commits.filter((one) => one.after >= after)) {
      for (const socket of this.joined) socket.say({ type: 'Commit', ...commit });
    }
  }
}

/** How often a cut network is tried again, in ms. */
const RETRANSMIT = 50;

/** One direction of a socket, as TCP has it: in order, and what a cut held up comes when it is over. */
class Pipe {
  readonly #server: SimulatedServer;
  readonly #ended: () => boolean;
  readonly #waiting: { readonly due: number; readonly deliver: () => void }[] = [];
  #latest = 0;

  constructor(server: SimulatedServer, ended: () => boolean) {
    this.#server = server;
    this.#ended = ended;
  }

  carry(deliver: () => void): void {
    this.#latest = Math.max(this.#latest, Date.now() + this.#server.latency);
    this.#waiting.push({ due: this.#latest, deliver });
    setTimeout(() => this.#flush(), this.#latest - Date.now());
  }

  #flush(): void {
    if (this.#ended()) return;
    if (this.#server.cut) {
      setTimeout(() => this.#flush(), RETRANSMIT);
      return;
    }
    while (this.#waiting[0] && this.#waiting[0].due <= Date.now()) this.#waiting.shift()?.deliver();
  }
}

/** Both ends of one socket. */
export class SimulatedSocket implements Socket {
  readonly opened$ = new Subject<void>();
  readonly message$ = new Subject<Uint8Array>();
  readonly closed$ = new Subject<SocketClosed>();
  /** What the client said at first, and who it is from then on. */
  hello: Hello | null = null;
  author: CommandAuthor | null = null;
  readonly received: ClientMessage[] = [];
  readonly frames: number[] = [];
  buffered = 0;
  readonly #server: SimulatedServer;
  readonly #up: Pipe;
  readonly #down: Pipe;
  #ended = false;

  constructor(server: SimulatedServer) {
    this.#server = server;
    const ended = (): boolean => this.#ended;
    this.#up = new Pipe(server, ended);
    this.#down = new Pipe(server, ended);
    this.#down.carry(() => (server.down ? this.end(1006) : this.opened$.next()));
  }

  send(frame: Uint8Array): void {
    if (this.#ended) return;
    this.frames.push(frame.length);
    this.#up.carry(() => {
      for (const message of unpackClientMessages(frame)) this.#take(message);
    });
  }

  /** The client ends it: it hears of that no more. */
  close(): void {
    this.#ended = true;
    this.author = null;
  }

  /** The server or the network ends it. */
  end(code: number): void {
    if (this.#ended) return;
    this.close();
    this.closed$.next({ code });
  }

  refuse(reason: CloseReason): void {
    this.end(closeReasons[reason].code);
  }

  say(...messages: readonly ServerMessage[]): void {
    for (const message of messages) {
      const frame = packServerMessage(message);
      this.#down.carry(() => this.message$.next(frame));
    }
  }

  #take(message: ClientMessage): void {
    this.received.push(message);
    switch (message.type) {
      case 'Hello':
        return this.#join(message);
      case 'Command': {
        const { author } = this;
        if (!author) throw new Error('A command came before Hello.');
        this.#server.heard.push({ client: author.client, number: message.number });
        if (message.command.type === 'ChangeAuthor') {
          this.author = { ...author, name: message.command.name, color: message.command.color };
        }
        return this.#server.mute ? undefined : this.#decide(this.author ?? author, message);
      }
      case 'Ping':
        return this.say({ type: 'Pong', at: Date.now() });
      case 'Pointing':
    }
  }

  #decide(author: CommandAuthor, message: ClientMessage & { readonly type: 'Command' }): void {
    const { log } = this.#server;
    const before = log.board.revision;
    const answer = log.take(author, message);
    if (!answer) return this.refuse('CommandGap');
    if (answer === 'Recorded') return this.#server.publish(before);
    if (answer.rejection) this.say({ type: 'Rejected', number: message.number, ...answer.rejection });
    this.say({ type: 'Settled', through: message.number, at: answer.at });
  }

  #join(hello: Hello): void {
    const server = this.#server;
    const { log, epoch } = server;
    const participant = participantOf(hello.secret ?? 'somebody-new');
    const client = clientId(participant, hello.slot);
    for (const other of server.joined) if (other.author?.client === client) other.refuse('Replaced');
    log.acknowledge(client, hello.settled);
    this.hello = hello;
    this.author = { client, name: hello.name, color: hello.color, role: server.role };
    const { revision } = log.board;
    this.say({
      type: 'Joined',
      epoch,
      participant,
      client,
      connection: server.sockets.indexOf(this) + 1,
      role: server.role,
      at: Date.now(),
      head: revision,
      settled: log.settledBy(client),
    });
    if (hello.epoch === epoch && hello.after > 0 && hello.after <= revision) {
      for (const commit of log.commits.filter((one) => one.after >= hello.after)) {
        this.say({ type: 'Commit', ...commit });
      }
    } else {
      this.say(...snapshotOf(log.board));
    }
  }
}

/** Two boards that are equal have equal bytes, however they came to be. */
export const bytesOf = (board: Board): Uint8Array => Buffer.concat(packSnapshot(board));

export const shapesOf = (board: Board): readonly ShapeId[] =>
  [...valuesOf(board.shapes)].sort((a, b) => a.z - b.z).map(({ id }) => id);
