import { type BoardId, type ClientId, clientId, type Revision } from '../shared/ids.ts';
import { type ClientMessage, type CloseReason, closeReasons, type Hello } from '../shared/wire/message.ts';
import { roleFor } from './access/role.ts';
import { anonymousParticipant, participantOfSecret } from './auth/participant.ts';
import type { OpenBoard } from './boards.ts';
import type { ConnectionOptions } from './connection-options.ts';
import type { Dialect, Snapshot } from './dialect.ts';
import { type ClientContext, JoinedClient } from './joined-client.ts';
import type { Socket, SocketHandler } from './net/listener.ts';
import { RateLimit } from './rate-limit.ts';

type State =
  | { readonly name: 'AwaitingHello'; readonly cancelTimeout: () => void }
  | { readonly name: 'Joining'; readonly early: (ClientMessage | EarlyFrame)[] }
  | { readonly name: 'Joined'; readonly client: JoinedClient }
  | { readonly name: 'Closed' };

interface EarlyFrame {
  readonly data: Uint8Array;
  readonly isText: boolean;
}

/** Frames that may come before the board is there. */
const MAX_EARLY = 64;
/** A close frame holds 123 bytes of reason. */
const MAX_REASON_BYTES = 123;

/** One WebSocket on one board, from its Hello to its end. Rules S10 to S19 of SPEC.md. */
export class Connection implements SocketHandler {
  readonly #socket: Socket;
  readonly #board: BoardId;
  readonly #dialect: Dialect;
  readonly #options: ConnectionOptions;
  readonly #messages: RateLimit;
  readonly #bytes: RateLimit;
  #state: State;
  /** Made where an earlier board is waited for, which few do. */
  #leaving: AbortController | null = null;
  /** Whom it is on its board, once that is known. */
  #place: { readonly clients: OpenBoard['clients']; readonly client: ClientId } | null = null;

  constructor(socket: Socket, board: BoardId, dialect: Dialect, options: ConnectionOptions) {
    const { limits, elapsed } = options;
    this.#socket = socket;
    this.#board = board;
    this.#dialect = dialect;
    this.#options = options;
    this.#messages = new RateLimit(limits.messagesPerSecond, limits.messageBurst, elapsed());
    this.#bytes = new RateLimit(limits.bytesPerSecond, limits.byteBurst, elapsed());
    options.connections.add(this);
    const cancelTimeout = options.after(limits.helloTimeoutMs, () => this.close('HelloTimeout'));
    this.#state = { name: 'AwaitingHello', cancelTimeout };
  }

  message(data: Uint8Array, isText: boolean): void {
    if (this.#state.name === 'Closed') return;
    if (!this.#bytes.take(data.length, this.#options.elapsed())) return this.close('TooFast');
    if (this.#state.name !== 'Joining') return this.#read(data, isText);
    // What a frame in JSON means depends on the board: it is read when that is there.
    if (this.#state.early.push({ data: data.slice(), isText }) > MAX_EARLY) this.close('TooFast', 'Wait for Joined.');
  }

  drain(): void {
    if (this.#state.name === 'Joined') this.#state.client.drained();
  }

  closed(): void {
    const state = this.#state;
    this.#state = { name: 'Closed' };
    if (state.name === 'AwaitingHello') state.cancelTimeout();
    if (state.name === 'Joined') state.client.leave();
    this.#leaving?.abort();
    this.#leavePlace();
    this.#options.connections.delete(this);
  }

  /** Ends the connection, telling the client why. */
  close(reason: CloseReason, detail = ''): void {
    if (this.#state.name === 'Closed') return;
    this.closed();
    this.#options.observer.closed(reason, detail);
    const { code, text } = closeReasons[reason];
    this.#socket.close(code, cutTo(MAX_REASON_BYTES, detail ? `${reason}: ${detail}` : `${reason}: ${text}`));
  }

  #read(data: Uint8Array, isText: boolean): void {
    const decoded = this.#dialect.decode(data, isText);
    const count = decoded.ok ? decoded.messages.length : 1;
    this.#options.observer.received(count, data.length);
    if (!this.#messages.take(count, this.#options.elapsed())) return this.close('TooFast');
    if (!decoded.ok) return this.close(decoded.reason, decoded.error);
    for (const message of decoded.messages) this.#take(message);
  }

  #take(message: ClientMessage): void {
    switch (this.#state.name) {
      case 'AwaitingHello':
        if (message.type !== 'Hello') return this.close('Malformed', 'The first message must be Hello.');
        this.#state.cancelTimeout();
        this.#state = { name: 'Joining', early: [] };
        this.#join(message).catch((error: unknown) =>
          error instanceof TooManyWait ? this.close('TooFast', error.message) : this.failed(error),
        );
        return;
      case 'Joining':
        // In one frame with Hello: packed messages mean the same whatever the board.
        this.#state.early.push(message);
        return;
      case 'Joined':
        return this.#state.client.take(message);
      case 'Closed':
        return;
    }
  }

  async #join(hello: Hello): Promise<void> {
    const { boards } = this.#options;
    const open = await boards.open(this.#board);
    if (!open) return this.close('NoSuchBoard');
    const role = roleFor(open.host.board, hello.key);
    if (!role) return this.close('NotAllowed');
    const { after } = hello;
    const resumes = hello.epoch === boards.log.epoch && after > 0 && after <= open.host.board.revision;
    const from = resumes
      ? await this.#resume(open, after)
      : await this.#dialect.snapshot(open.host.board, open.snapshots);
    if (this.#state.name !== 'Joining') return;
    const id = this.#takePlace(open, hello);
    const entry = await open.host.enter(id, hello.settled);
    if (this.#state.name !== 'Joining') return;
    const { early } = this.#state;
    const { name, color } = hello;
    const client = new JoinedClient(this.#contextOf(open, entry), { client: id, name, color, role });
    this.#state = { name: 'Joined', client };
    client.follow(from);
    for (const one of early) {
      if ('data' in one) this.message(one.data, one.isText);
      else this.#take(one);
    }
  }

  async #resume(open: OpenBoard, revision: Revision): Promise<Snapshot> {
    await this.#dialect.resume(async () => {
      this.#leaving ??= new AbortController();
      const asker = { address: this.#socket.remoteAddress, signal: this.#leaving.signal };
      const board = await this.#options.boards.boardAt(open, { revision }, asker);
      if (!board) throw new TooManyWait();
      return board;
    });
    return { revision, frames: [] };
  }

  /** There is one connection for each client: this one ends the one before. */
  #takePlace(open: OpenBoard, { secret, slot }: Hello): ClientId {
    const id = clientId(secret === undefined ? anonymousParticipant() : participantOfSecret(secret), slot);
    open.clients.get(id)?.close('Replaced');
    open.clients.set(id, this);
    this.#place = { clients: open.clients, client: id };
    return id;
  }

  #leavePlace(): void {
    if (this.#place?.clients.get(this.#place.client) === this) this.#place.clients.delete(this.#place.client);
  }

  #contextOf(open: OpenBoard, entry: symbol): ClientContext {
    return {
      open,
      entry,
      socket: this.#socket,
      dialect: this.#dialect,
      options: this.#options,
      connection: this,
    };
  }

  /** Ends the connection for a fault of ours. */
  failed(error: unknown): void {
    this.#options.observer.failed(error);
    this.close('LogFailed');
  }
}

/** For an earlier board, here or from this address; or who waited has gone. */
class TooManyWait extends Error {
  override readonly name = 'TooManyWait';

  constructor() {
    super('Too many moments are being looked for.');
  }
}

function cutTo(bytes: number, text: string): string {
  const encoded = Buffer.from(text);
  return encoded.length <= bytes
    ? text
    : encoded
        .subarray(0, bytes - 3)
        .toString()
        .replace(/�$/, '') + '…';
}
