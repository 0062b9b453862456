// A small client of a board, to begin another one from. It speaks `retrace.msgpack.v1` and leans on what `shared` has
// for every client: the codec for the bytes, and the replica for what was sent, confirmed, or has to be sent again.

import { WebSocket } from 'ws';
import type { Board } from '../../shared/board.ts';
import type { Command, Rejection } from '../../shared/command.ts';
import type { Color } from '../../shared/color.ts';
import { type Epoch, clientId, type ParticipantId } from '../../shared/ids.ts';
import {
  type Replica,
  RevisionGap,
  createReplica,
  markSent,
  nextGesture,
  propose,
  receive,
  reconnected,
  reset,
  sendable,
  settle,
} from '../../shared/replica.ts';
import { SnapshotReader } from '../../shared/wire/board-codec.ts';
import { packClientMessage, unpackServerMessages } from '../../shared/wire/codec.ts';
import {
  type ClientMessage,
  PACKED_SUBPROTOCOL,
  type Point,
  type ServerMessage,
  closeReasonOf,
  closeReasons,
} from '../../shared/wire/message.ts';
import { participantOfSecret } from '../auth/participant.ts';

export interface BoardClientOptions {
  /** The board's `live` address, `ws://…/api/boards/ID/live`. */
  readonly address: string;
  /** Whoever has it is this person: keep it to come back as the same. At least 16 characters. */
  readonly secret: string;
  readonly name: string;
  readonly color: Color;
  /** The key of the link, where it has one. */
  readonly key?: string;
}

/** The server refuses this client for a reason that coming back would not change. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

const MS_BEFORE_RETRY = 500;
const MAX_RETRIES = 20;

export class BoardClient {
  /** Commands that the server would not take, for the curious. */
  readonly rejections: Rejection[] = [];
  readonly #options: BoardClientOptions;
  #replica: Replica;
  #socket: WebSocket | null = null;
  #epoch: Epoch | null = null;
  /** False until `Joined`: nothing may be sent before it. */
  #joined = false;
  #snapshot: SnapshotReader | null = null;
  #retries = 0;
  #failure: Error | null = null;
  /** Called whenever something has changed, for those who wait. */
  #changed: () => void = () => {};

  constructor(options: BoardClientOptions) {
    this.#options = options;
    // Who one is follows from the secret; the slot tells the replicas of one person apart.
    const client = clientId(participantOfSecret(options.secret) as ParticipantId, 1);
    this.#replica = createReplica({ client, name: options.name, color: options.color, role: 'editor' });
  }

  get title(): string {
    return this.#replica.confirmed.title;
  }

  /** The board as far as the log has confirmed it. */
  get confirmed(): Board {
    return this.#replica.confirmed;
  }

  /** Connects, and resolves once the board is here. */
  async connect(): Promise<void> {
    this.#open();
    await this.#until(() => this.#joined && this.#replica.confirmed.revision > 0);
  }

  /** The number that the next stroke needs. */
  nextStroke(): number {
    return nextGesture(this.#replica);
  }

  /** Does it here at once, and on the server as soon as it can be reached. */
  do(command: Command): void {
    const result = propose(this.#replica, command);
    if ('rejection' in result) this.rejections.push(result.rejection);
    else this.#replica = result.replica;
    this.#sendPending();
  }

  /** Shows the others where one points. Worth sending only while connected: nobody keeps it. */
  point(cursor: Point | null): void {
    if (this.#joined) this.#send({ type: 'Pointing', cursor, past: false });
  }

  /** Resolves once the log has everything that was done here. */
  settled(): Promise<void> {
    return this.#until(() => this.#replica.pending.length === 0);
  }

  close(): void {
    this.#socket?.removeAllListeners('close').close(1000);
  }

  #open(): void {
    const socket = new WebSocket(this.#options.address, [PACKED_SUBPROTOCOL]);
    this.#socket = socket;
    socket.on('open', () => this.#sayHello());
    socket.on('message', (data: Buffer) => this.#receive(data));
    socket.on('unexpected-response', (_request, response) => {
      this.#fail(new Refused(`The server answered ${response.statusCode} and not with a board.`));
    });
    // What is wrong follows in `close`.
    socket.on('error', () => {});
    socket.on('close', (code, reason) => this.#closed(code, String(reason)));
  }

  /** What the replica has already is named, so that only the rest is sent: `after` of this `epoch`. */
  #sayHello(): void {
    const { secret, name, color, key } = this.#options;
    const { confirmed, settled } = this.#replica;
    this.#send({
      type: 'Hello',
      secret,
      slot: 1,
      name,
      color,
      after: confirmed.revision,
      settled,
      ...(this.#epoch ? { epoch: this.#epoch } : {}),
      ...(key ? { key } : {}),
    });
  }

  #receive(frame: Uint8Array): void {
    try {
      for (const message of unpackServerMessages(frame)) this.#take(message);
    } catch (error) {
      // Something is missing: come back and name what is here.
      if (error instanceof RevisionGap) return this.#socket?.terminate();
      this.#fail(error as Error);
    }
    this.#sendPending();
    this.#changed();
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'Joined':
        this.#joined = true;
        this.#retries = 0;
        this.#epoch = message.epoch;
        this.#replica = settle(this.#replica, message.settled, message.head);
        return;
      case 'SnapshotBegan':
        this.#snapshot = new SnapshotReader(message);
        return this.#takeSnapshot();
      case 'SnapshotPart':
        this.#snapshot?.add(message);
        return this.#takeSnapshot();
      case 'Commit':
        this.#replica = receive(this.#replica, [message]);
        return;
      case 'Settled':
        this.#replica = settle(this.#replica, message.through, message.at);
        return;
      case 'Rejected':
        this.rejections.push({ code: message.code, message: message.message });
        return;
      default:
        // Who else is here, and whether the log takes events: of no concern to a pen.
        return;
    }
  }

  #takeSnapshot(): void {
    const board = this.#snapshot?.board;
    if (!board) return;
    this.#replica = reset(this.#replica, board);
    this.#snapshot = null;
  }

  /** Only once the board is here: on a board that is not known yet, nothing can be decided. */
  #sendPending(): void {
    if (!this.#joined || this.#snapshot) return;
    const commands = sendable(this.#replica);
    for (const command of commands) this.#send({ type: 'Command', ...command });
    this.#replica = markSent(this.#replica, commands.at(-1)?.number ?? this.#replica.sent);
  }

  #send(message: ClientMessage): void {
    this.#socket?.send(packClientMessage(message));
  }

  /** What was not confirmed is kept by the replica, and sent again after the next Hello. */
  #closed(code: number, reason: string): void {
    this.#joined = false;
    this.#snapshot = null;
    this.#replica = reconnected(this.#replica);
    const why = closeReasonOf(code);
    if (why && !closeReasons[why].retry) return this.#fail(new Refused(reason || closeReasons[why].text));
    if (++this.#retries > MAX_RETRIES) return this.#fail(new Refused(`The server cannot be reached (${code}).`));
    setTimeout(() => this.#open(), MS_BEFORE_RETRY);
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.close();
    this.#changed();
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!this.#failure && !condition()) await new Promise<void>((resolve) => (this.#changed = resolve));
    if (this.#failure) throw this.#failure;
  }
}
