import type { Dialect, Frame } from './dialect.ts';
import type { PackedCommit } from './log/event-log.ts';
import type { Socket } from './net/listener.ts';
import type { Published } from './published.ts';
import type { Sink } from './subscription.ts';

/** What is no frame of the board goes to whose sink it is. */
export type SinkOwner = Pick<Sink, 'writable' | 'failed' | 'ended'>;

const NOTHING: readonly Frame[] = [];
const noOneWaits = (): void => {};

/** A subscription's way to one socket: a snapshot first, then commits; it waits whenever the socket is full. */
export class SocketSink implements Sink {
  readonly #socket: Socket;
  readonly #dialect: Dialect;
  /** Empty once it is sent: who stays for hours does not keep the board of when they came. */
  #snapshot: readonly Frame[];
  readonly #owner: SinkOwner;
  #sent = 0;
  #full = false;
  #resume = noOneWaits;

  constructor(socket: Socket, dialect: Dialect, snapshot: readonly Frame[], owner: SinkOwner) {
    this.#socket = socket;
    this.#dialect = dialect;
    this.#snapshot = snapshot;
    this.#owner = owner;
  }

  async ready(): Promise<void> {
    await this.#room();
    for (; this.#sent < this.#snapshot.length; await this.#room()) this.#send(this.#snapshot[this.#sent++] as Frame);
    this.#snapshot = NOTHING;
    this.#sent = 0;
  }

  live(published: Published): boolean {
    for (const frame of this.#dialect.live(published)) this.#send(frame);
    return !this.#full;
  }

  writable(writable: boolean): void {
    this.#owner.writable(writable);
  }

  failed(error: unknown): void {
    this.#owner.failed(error);
  }

  ended(): void {
    this.#owner.ended();
  }

  replay(commits: readonly PackedCommit[]): void {
    this.#socket.cork(() => {
      for (const frame of this.#dialect.replay(commits)) this.#send(frame);
    });
  }

  drained(): void {
    this.#full = false;
    this.#resume();
  }

  #send(frame: Frame): void {
    if (!this.#socket.send(frame)) this.#full = true;
  }

  #room(): Promise<void> {
    if (!this.#full) return Promise.resolve();
    return new Promise((resolve) => {
      this.#resume = resolve;
    });
  }
}
