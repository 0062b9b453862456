import type { Epoch, Revision } from '../../../shared/ids.ts';
import { packClientMessage, unpackServerMessages } from '../../../shared/wire/codec.ts';
import { PACKED_SUBPROTOCOL, type ServerMessage } from '../../../shared/wire/message.ts';
import { RawSocket } from './raw-socket.ts';

/** First and longest wait before coming back, in ms: as a page does, anywhere between nothing and the whole of it. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 10_000;

export interface FollowerOptions {
  readonly port: number;
  readonly board: string;
  readonly name: string;
  readonly localAddress?: string;
}

/** Somebody who only watches a board, comes back whenever the connection is lost, and names what they have. */
export class Follower {
  revision: Revision = 0;
  /** Times that it was told to go, and times that it could not come in. */
  closed = 0;
  refused = 0;
  bytesDown = 0;
  /** Of those, what is not of presence. */
  boardBytes = 0;
  readonly #options: FollowerOptions;
  #socket: RawSocket | null = null;
  #epoch: Epoch | null = null;
  #head = Infinity;
  #attempt = 0;
  #left = false;
  #onLive: () => void = () => {};

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  get live(): boolean {
    return this.#socket !== null && this.revision >= this.#head;
  }

  /** Resolves when it has the present board. */
  async join(): Promise<void> {
    const live = this.whenLive();
    void this.#connect();
    await live;
  }

  whenLive(): Promise<void> {
    return new Promise((resolve) => {
      this.#onLive = resolve;
      if (this.live) resolve();
    });
  }

  pause(): void {
    this.#socket?.pause();
  }

  /** Takes at most so many bytes, though it is paused. */
  sip(bytes: number): void {
    this.#socket?.sip(bytes);
  }

  resume(): void {
    this.#socket?.resume();
  }

  leave(): void {
    this.#left = true;
    this.#socket?.close();
  }

  async #connect(): Promise<void> {
    const { port, board, name, localAddress } = this.#options;
    let socket: RawSocket;
    try {
      socket = await RawSocket.open(port, `/api/boards/${board}/live`, PACKED_SUBPROTOCOL, localAddress);
    } catch {
      this.refused++;
      return this.#comeBack();
    }
    this.#socket = socket;
    socket.onFrame = (frame) => this.#take(frame);
    socket.onClose = () => {
      this.closed++;
      this.#comeBack();
    };
    const resumed = this.#epoch ? { after: this.revision, epoch: this.#epoch } : { after: 0 };
    const person = { secret: `secret-of-follower-${name}`, slot: 1, name, color: 'blue' } as const;
    socket.send(packClientMessage({ type: 'Hello', ...person, ...resumed, settled: 0 }));
  }

  #comeBack(): void {
    this.#socket = null;
    this.#head = Infinity;
    if (this.#left) return;
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempt++);
    setTimeout(() => void this.#connect(), Math.random() * longest);
  }

  #take(frame: Buffer): void {
    this.bytesDown += frame.length;
    const messages = decoded(frame);
    if (messages.some(({ type }) => type !== 'PresenceChanged')) this.boardBytes += frame.length;
    for (const message of messages) {
      if (message.type === 'Joined') [this.#epoch, this.#head, this.#attempt] = [message.epoch, message.head, 0];
      else if (message.type === 'SnapshotBegan') this.revision = message.board.revision;
      else if (message.type === 'Commit') {
        if (message.after !== this.revision) throw new Error(`After ${this.revision} came ${message.after}.`);
        this.revision = message.after + message.events.length;
      }
    }
    if (this.live) this.#onLive();
  }
}

/** Everybody on a board gets the same bytes: they are decoded for the first. */
const known = new Map<string, { readonly frame: Buffer; readonly messages: readonly ServerMessage[] }>();
const MOST_KNOWN = 4000;

function decoded(frame: Buffer): readonly ServerMessage[] {
  const key = frame.toString('latin1', 0, 40) + frame.length;
  const found = known.get(key);
  if (found?.frame.equals(frame)) return found.messages;
  const messages = unpackServerMessages(frame);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(key, { frame: Buffer.from(frame), messages });
  return messages;
}
