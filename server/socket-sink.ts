import type { Dialect, Frame } from './dialect.ts';
import type { PackedCommit } from './log/event-log.ts';
import type { Socket } from './net/listener.ts';
import type { Published } from './published.ts';
import type { Sink } from './subscription.ts';

/** A subscription's way to one socket: a snapshot first, then commits; it waits whenever the socket is full. */
export class SocketSink implements Sink {
  readonly failed: (error: unknown) => void;
  readonly ended: () => void;
  readonly #socket: Socket;
  readonly #dialect: Dialect;
  /** Empty once it is sent: who stays for hours does not keep the board of when they came. */
  #snapshot: readonly Frame[];
  #sent = 0;
  #full = false;
  #resume: () => void = () => {};

  constructor(
    socket: Socket,
    dialect: Dialect,
    snapshot: readonly Frame[],
    told: { failed(error: unknown): void; ended(): void },
  ) {
    this.#socket = socket;
    this.#dialect = dialect;
    this.#snapshot = snapshot;
    this.failed = told.failed;
    this.ended = told.ended;
  }

  async ready(): Promise<void> {
    await this.#room();
    for (; this.#sent < this.#snapshot.length; await this.#room()) this.#send(this.#snapshot[this.#sent++] as Frame);
    this.#snapshot = [];
    this.#sent = 0;
  }

  live(published: Published): boolean {
    for (const frame of this.#dialect.live(published)) this.#send(frame);
    return !this.#full;
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
