import type { Socket, SocketHandler } from '../net/listener.ts';
import type { Simulation } from './simulation.ts';

/** How likely each goes wrong, for one frame or one step: 0 … 1. */
export interface Faults {
  readonly drop: number;
  readonly repeat: number;
  readonly reorder: number;
  readonly disconnect: number;
  /** A reader stops reading for a while. */
  readonly full: number;
}

/** Frames that a socket takes before it says that it is full. */
const ROOM = 6;

/** A WebSocket whose frames lie on the wire until the simulation carries them. */
export class Wire {
  received: (frame: Uint8Array) => void = () => {};
  broken: (code: number) => void = () => {};
  readonly #simulation: Simulation;
  readonly #handler: SocketHandler;
  #up: Uint8Array[] = [];
  #down: Uint8Array[] = [];
  #closed = false;
  #wasFull = false;

  constructor(simulation: Simulation, accept: (socket: Socket) => SocketHandler) {
    this.#simulation = simulation;
    const down = (): Uint8Array[] => this.#down;
    const isClosed = (): boolean => this.#closed;
    this.#handler = accept({
      protocol: 'retrace.msgpack.v1',
      remoteAddress: '127.0.0.1',
      get buffered() {
        return down().reduce((sum, frame) => sum + frame.length, 0);
      },
      get closed() {
        return isClosed();
      },
      send: (data) => this.#take(data as Uint8Array),
      cork: (action) => action(),
      close: (code) => this.#break(code),
    });
  }

  get isEmpty(): boolean {
    return !this.#closed && this.#up.length === 0 && this.#down.length === 0;
  }

  send(frame: Uint8Array): void {
    if (!this.#closed) this.#up.push(frame);
  }

  /** Moves some frames, in both directions, with what can go wrong. */
  carry(faults: Faults): void {
    const { random } = this.#simulation;
    for (const frame of this.#cut(this.#up, faults)) if (!this.#closed) this.#handler.message(frame.slice(), false);
    if (random() < faults.full) return;
    for (const frame of this.#cut(this.#down, faults)) if (!this.#closed) this.received(frame);
    if (this.#wasFull && this.#down.length === 0 && !this.#closed) {
      this.#wasFull = false;
      this.#handler.drain();
    }
  }

  /** The network is gone: neither end is told by the other. */
  cut(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handler.closed(1006);
  }

  #take(frame: Uint8Array): boolean {
    if (this.#closed) return true;
    this.#down.push(frame.slice());
    this.#wasFull ||= this.#down.length > ROOM;
    return this.#down.length <= ROOM;
  }

  #break(code: number): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#handler.closed(code);
    this.broken(code);
  }

  /** Takes some frames off a queue, as the faults have it. */
  #cut(queue: Uint8Array[], faults: Faults): Uint8Array[] {
    const { random } = this.#simulation;
    const frames = queue.splice(0, faults.disconnect === 0 ? queue.length : 1 + Math.floor(random() * 4));
    const out: Uint8Array[] = [];
    for (const frame of frames) {
      if (random() < faults.drop) continue;
      if (random() < faults.reorder) out.unshift(frame);
      else out.push(frame);
      if (random() < faults.repeat) out.push(frame);
    }
    return out;
  }
}
