import { Observable, type Subscriber } from 'rxjs';
import { authorWith } from '../../shared/board.ts';
import type { Color } from '../../shared/color.ts';
import type { Command, NumberedCommand, Rejection } from '../../shared/command.ts';
import type { Commit } from '../../shared/event.ts';
import type { BoardId, Epoch } from '../../shared/ids.ts';
import { changeAuthor, propose, type Replica, RevisionGap } from '../../shared/replica.ts';
import { packClientMessage, unpackClientMessages } from '../../shared/wire/codec.ts';
import type { Pointing, ServerMessage } from '../../shared/wire/message.ts';
import { coalesced } from './coalesce.ts';
import { connection, type ConnectionEvent, type Link } from './connection.ts';
import { type BoardMessage, Follower, type Joined, type Seed } from './follower.ts';
import type { OutboxStore, Waiting } from './outbox/outbox-store.ts';
import { Outbox } from './outbox/outbox.ts';
import { Sender } from './sender.ts';
import type { Surroundings } from './surroundings.ts';
import type { Transport } from './transport.ts';

export interface Introduction {
  readonly secret: string;
  readonly name: string;
  readonly color: Color;
  /** The secret of the link. */
  readonly key?: string;
}

export interface LiveReplicaOptions {
  readonly board: BoardId;
  readonly slot: number;
  /** Asked again for each connection. */
  readonly introduce: () => Introduction;
  readonly transport: Transport;
  readonly store: OutboxStore;
  /** What the store had of the board when the slot was taken; null where it cannot be read. */
  readonly waiting: Waiting | null;
  /** What of that is this replica's, as far as is known before the server has told who this is. */
  readonly own: readonly NumberedCommand[];
  /** The board where it is here already. */
  readonly seed: Seed | null;
  readonly surroundings: Surroundings;
}

/** What is not about the board's events. */
export type OtherMessage = Exclude<ServerMessage, BoardMessage | Joined>;

export type ReplicaEvent =
  | { readonly type: 'Joined'; readonly joined: Joined }
  /** All that the board had at joining is here. */
  | { readonly type: 'Live' }
  /** What the replica took in, before it tells what it came to. */
  | { readonly type: 'Committed'; readonly commits: readonly Commit[] }
  /** Commits or answers came: once for all since the last frame. */
  | { readonly type: 'Changed' }
  | { readonly type: 'Heard'; readonly message: OtherMessage }
  | (ConnectionEvent & { readonly type: 'Lost' | 'Failed' });

/** Messages that wait for a frame before they are taken without one. */
const MAX_INBOX = 1000;

const notLoaded: Rejection = { code: 'NotAllowed', message: 'The board is still loading.' };

/** A replica with its outbox, kept live through whatever happens to its connections. Section C of SPEC.md. */
export class LiveReplica {
  /** Connects for as long as somebody is subscribed: one subscriber, once. */
  readonly event$: Observable<ReplicaEvent>;
  readonly #options: LiveReplicaOptions;
  readonly #follower: Follower;
  readonly #sender: Sender;
  #events: Subscriber<ReplicaEvent> | null = null;
  #outbox: Outbox | null = null;
  #link: Link | null = null;
  #inbox: BoardMessage[] = [];
  #cancelFrame: (() => void) | null = null;
  #shown = false;

  constructor(options: LiveReplicaOptions) {
    this.#options = options;
    this.#follower = new Follower(options.seed);
    this.#sender = new Sender(this.#follower);
    this.event$ = new Observable((events) => this.#run(events));
  }

  /** Null until the board was live for the first time. */
  get replica(): Replica | null {
    return this.#shown ? this.#follower.replica : null;
  }

  get epoch(): Epoch | null {
    return this.#follower.epoch;
  }

  get live(): boolean {
    return this.#follower.live;
  }

  get outbox(): Outbox | null {
    return this.#outbox;
  }

  /** Shows what a command does and sends it. Null: it was taken. @throws WireError where it is not a command at all */
  propose(command: Command): Rejection | null {
    const { replica } = this;
    if (!replica || !this.#outbox) return notLoaded;
    // What the server could not read must not come into the outbox: it would be in the way of all behind it, for ever.
    unpackClientMessages(packClientMessage({ type: 'Command', number: 1, command }));
    const proposed = propose(replica, command);
    if ('rejection' in proposed) return proposed.rejection;
    const next = coalesced(renamed(proposed.replica, command), this.#sender.everSent);
    this.#follower.set(next);
    const last = next.pending.at(-1);
    if (last) this.#outbox.add(last);
    this.#sender.sendSoon();
    return null;
  }

  /** Says something that is worth nothing later; false where it cannot be said now. */
  say(message: Pointing): boolean {
    if (!this.#link || !this.live || this.#link.buffered > MAX_BUFFERED_FOR_POINTING) return false;
    this.#link.send([message]);
    return true;
  }

  /** Writes what waits to the store. To be called when nobody is subscribed any more. */
  async close(): Promise<void> {
    await this.#outbox?.close();
  }

  #run(events: Subscriber<ReplicaEvent>): () => void {
    this.#events = events;
    const { transport, surroundings } = this.#options;
    const { wake$, hide$, random } = surroundings;
    const subscription = connection({ transport, wake$, random, hello: () => this.#hello() }).subscribe({
      next: (event) => this.#onConnection(event),
      error: (error: unknown) => events.error(error),
    });
    subscription.add(hide$.subscribe(() => void this.#outbox?.flush()));
    return () => {
      subscription.unsubscribe();
      this.#lose();
    };
  }

  #hello() {
    const { slot, introduce, own } = this.#options;
    const { replica, known } = this.#follower;
    // The commands before a stored outbox were settled, or they would be in it.
    const settled = (own[0]?.number ?? 1) - 1;
    return { type: 'Hello' as const, slot, ...introduce(), ...known, settled: replica?.settled ?? settled };
  }

  #onConnection(event: ConnectionEvent): void {
    switch (event.type) {
      case 'Opened':
        this.#link = event.link;
        this.#sender.start(event.link);
        return;
      case 'Received':
        return event.messages.forEach((message) => this.#hear(message));
      case 'Lost':
      case 'Failed':
        this.#flush();
        this.#lose();
        this.#events?.next(event);
    }
  }

  #hear(message: ServerMessage): void {
    switch (message.type) {
      case 'Joined':
        return this.#join(message);
      case 'SnapshotBegan':
      case 'SnapshotPart':
      case 'Commit':
      case 'Settled':
        this.#inbox.push(message);
        if (this.#inbox.length >= MAX_INBOX) return this.#flush();
        this.#cancelFrame ??= this.#options.surroundings.nextFrame(() => this.#flush());
        return;
      case 'LogState':
        this.#sender.setWritable(message.writable);
        return this.#events?.next({ type: 'Heard', message });
      default:
        return this.#events?.next({ type: 'Heard', message });
    }
  }

  #join(joined: Joined): void {
    const { board, store, waiting, introduce } = this.#options;
    const stored = waiting?.get(joined.client) ?? [];
    const wasLive = this.live;
    const { pending } = this.#follower.join(joined, { ...introduce(), stored });
    if (!this.#outbox) {
      this.#outbox = new Outbox(store, board, joined.client, { readable: waiting !== null, stored, pending });
      this.#sender.everSent = pending.at(-1)?.number ?? 0;
    }
    this.#events?.next({ type: 'Joined', joined });
    if (this.live) this.#took(wasLive);
  }

  /** Takes all that came. */
  #flush(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    const messages = this.#inbox;
    this.#inbox = [];
    if (messages.length === 0) return;
    const wasLive = this.live;
    try {
      this.#follower.take(messages);
    } catch (error) {
      if (!(error instanceof RevisionGap)) throw error;
      return this.#link?.drop(error.message);
    }
    const commits = messages.filter((message) => message.type === 'Commit');
    if (commits.length > 0) this.#events?.next({ type: 'Committed', commits });
    this.#took(wasLive);
  }

  #took(wasLive: boolean): void {
    const { replica } = this.#follower;
    if (!replica) return;
    this.#outbox?.settle(replica.settled);
    if (this.live && !wasLive) {
      this.#link?.caughtUp();
      if (!this.#shown) this.#show(replica);
      this.#events?.next({ type: 'Live' });
    } else if (this.#shown) {
      this.#events?.next({ type: 'Changed' });
    }
    this.#sender.send();
  }

  /** The first time. A stroke that an earlier page left open is not going to be drawn on. */
  #show({ optimistic, author }: Replica): void {
    this.#shown = true;
    if (authorWith(optimistic, author.client)?.stroke) this.propose({ type: 'EndStroke' });
  }

  #lose(): void {
    this.#link = null;
    this.#sender.stop();
    this.#inbox = [];
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#follower.lost();
  }
}

/** Bytes on their way, past which where somebody points can wait. */
const MAX_BUFFERED_FOR_POINTING = 16 * 1024;

/** Whoever changes their name draws under it from now on, also if they never drew before. */
const renamed = (replica: Replica, command: Command): Replica =>
  command.type === 'ChangeAuthor'
    ? changeAuthor(replica, { ...replica.author, name: command.name, color: command.color })
    : replica;
