import type { Command } from '../shared/command.ts';
import type { CommandAuthor } from '../shared/decide.ts';
import { participantOf, type Revision } from '../shared/ids.ts';
import type { ClientMessage, CloseReason, Pointing } from '../shared/wire/message.ts';
import type { OpenBoard } from './boards.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { Dialect, Snapshot, Unshared } from './dialect.ts';
import type { Socket } from './net/listener.ts';
import type { Outcome, Submitter } from './plan.ts';
import type { Member, PresenceChanged } from './presence-hub.ts';
import { RateLimit } from './rate-limit.ts';
import { type SinkOwner, SocketSink } from './socket-sink.ts';
import { Subscription } from './subscription.ts';

/** What a joined client needs of its connection. */
export interface ClientContext {
  readonly open: OpenBoard;
  /** Of `BoardHost.enter`. */
  readonly entry: symbol;
  readonly socket: Socket;
  readonly dialect: Dialect;
  readonly options: ConnectionOptions;
  readonly connection: { close(reason: CloseReason, detail?: string): void; failed(error: unknown): void };
}

/** Presence messages of one client that are passed on in a second; more are dropped, which is harmless. */
const POINTINGS_PER_SECOND = 40;
/** A socket with so many bytes waiting is not told of presence. */
const BUSY_BYTES = 32 * 1024;

/** A client on a board: its commands go to the host, everybody's events come to it. */
export class JoinedClient implements Submitter, Member, SinkOwner {
  readonly #context: ClientContext;
  readonly #connection: number;
  readonly #pointings: RateLimit;
  #author: CommandAuthor;
  #sink: SocketSink | null = null;
  #subscription: Subscription | null = null;
  /** Commands that are done with but left no event, not told yet. */
  #settled: { through: number; at: Revision } | null = null;

  constructor(context: ClientContext, author: CommandAuthor) {
    const { open, options } = context;
    this.#context = context;
    this.#author = author;
    this.#pointings = new RateLimit(POINTINGS_PER_SECOND, POINTINGS_PER_SECOND, options.elapsed());
    const { client, name, color, role } = author;
    this.#connection = open.presence.join({ client, name, color, role }, this);
  }

  /** Says who the client is here, sends what it begins with and what came since, and follows the board. */
  follow({ revision, frames }: Snapshot): void {
    const { open, socket, dialect, options } = this.#context;
    const { host } = open;
    this.#sayJoined();
    if (!host.writable) this.writable(false);
    this.#sink = new SocketSink(socket, dialect, frames, this);
    this.#subscription = new Subscription(host, options.boards.log, revision, this.#sink);
  }

  #sayJoined(): void {
    const { open, dialect, options } = this.#context;
    const { client, role } = this.#author;
    dialect.joined(client, open.host.board);
    this.#send({
      type: 'Joined',
      epoch: options.boards.log.epoch,
      participant: participantOf(client),
      client,
      connection: this.#connection,
      role,
      at: options.now(),
      head: open.host.board.revision,
      settled: open.host.settledBy(client),
    });
  }

  leave(): void {
    this.#subscription?.stop();
    this.#context.open.presence.leave(this.#connection);
    this.#context.open.host.leave(this.#author.client, this.#context.entry);
  }

  writable(writable: boolean): void {
    this.#send({ type: 'LogState', writable });
  }

  failed(error: unknown): void {
    this.#context.connection.failed(error);
  }

  ended(): void {
    this.#context.connection.close('ServerStopping');
  }

  drained(): void {
    this.#sink?.drained();
  }

  take(message: ClientMessage): void {
    switch (message.type) {
      case 'Command':
        return this.#submit(message.number, message.command);
      case 'Pointing':
        return this.#point(message);
      case 'Ping':
        return this.#send({ type: 'Pong', at: this.#context.options.now() });
      case 'Hello':
        return this.#context.connection.close('Malformed', 'Hello comes once.');
    }
  }

  #submit(number: number, command: Command): void {
    if (command.type === 'ChangeAuthor') this.#rename(command.name, command.color);
    const taken = this.#context.open.host.submit({
      entry: this.#context.entry,
      author: this.#author,
      number,
      command,
      from: this,
    });
    if (!taken) this.#context.connection.close('TooFast', 'Too much is waiting on this board.');
  }

  #rename(name: string, color: CommandAuthor['color']): void {
    this.#author = { ...this.#author, name, color };
    this.#context.open.presence.change(this.#connection, { name, color });
  }

  #point({ cursor, past, laser, sight }: Pointing): void {
    if (!this.#pointings.take(1, this.#context.options.elapsed())) return;
    this.#context.open.presence.change(this.#connection, {
      cursor,
      past,
      ...(laser === undefined ? {} : { laser }),
      ...(sight === undefined ? {} : { sight }),
    });
  }

  answer(number: number, outcome: Outcome): void {
    switch (outcome.type) {
      case 'Recorded':
        return;
      case 'Settled':
        return this.#settle(number, outcome.at);
      case 'Rejected':
        this.#context.options.observer.rejected(outcome.rejection.code);
        this.#send({ type: 'Rejected', number, ...outcome.rejection });
        return this.#settle(number, outcome.at);
      case 'Skipped':
        return this.#context.connection.close('CommandGap', `Expected number ${outcome.expected}, not ${number}.`);
      case 'TooFast':
        return this.#context.connection.close('TooFast', 'Too much is undone and redone at once.');
    }
  }

  /** One Settled for all that were answered together. */
  #settle(through: number, at: Revision): void {
    if (!this.#settled) {
      queueMicrotask(() => {
        if (this.#settled) this.#send({ type: 'Settled', ...this.#settled });
        this.#settled = null;
      });
    }
    this.#settled = {
      through: Math.max(through, this.#settled?.through ?? 0),
      at: Math.max(at, this.#settled?.at ?? 0),
    };
  }

  tell(message: PresenceChanged): boolean {
    const { socket, dialect } = this.#context;
    if (socket.closed || socket.buffered > BUSY_BYTES) return false;
    socket.send(dialect.encodeShared(message));
    return true;
  }

  #send(message: Unshared): void {
    const { socket, dialect } = this.#context;
    socket.send(dialect.encode(message));
  }
}
