import {
  BehaviorSubject,
  distinctUntilChanged,
  exhaustMap,
  EMPTY,
  filter,
  map,
  merge,
  type Observable,
  Subject,
  Subscription,
  switchMap,
  timer,
} from 'rxjs';
import type { Color } from '../shared/color.ts';
import type { Command, Rejection } from '../shared/command.ts';
import type { Box } from '../shared/geometry.ts';
import type { Commit } from '../shared/event.ts';
import type { BoardId, Epoch, Millis, ParticipantId } from '../shared/ids.ts';
import { nextGesture, type Replica } from '../shared/replica.ts';
import { type CloseReason, closeReasons, type Point, type Presence } from '../shared/wire/message.ts';
import { type LeftBehind, sendLeftBehind } from './net/left-behind.ts';
import { type Introduction, LiveReplica, type OtherMessage, type ReplicaEvent } from './net/live-replica.ts';
import type { Locks } from './net/locks.ts';
import type { OutboxStore } from './net/outbox/outbox-store.ts';
import { OwnName } from './net/own-name.ts';
import { openOutbox } from './net/outbox/open-outbox.ts';
import type { Outbox } from './net/outbox/outbox.ts';
import { Others } from './net/others.ts';
import type { Slot } from './net/slot.ts';
import type { Surroundings } from './net/surroundings.ts';
import type { Transport } from './net/transport.ts';
import { waitingChanges } from './net/waiting-changes.ts';

/** Who sits before this browser. */
export interface Self {
  readonly secret: string;
  readonly name: string;
  readonly color: Color;
  /** By the person, for all boards; otherwise each board may have another. */
  readonly colorChosen: boolean;
  /** Null until a server has derived it from the secret. */
  readonly participant: ParticipantId | null;
}

export interface BoardClientOptions {
  readonly board: BoardId;
  /** The secret of the link. */
  readonly key: string | null;
  /** Asked again whenever it matters. */
  readonly self: () => Self;
  readonly remember: (participant: ParticipantId) => void;
  readonly transport: Transport;
  readonly store: OutboxStore;
  readonly locks: Locks | null;
  readonly surroundings: Surroundings;
}

/**
 * How it stands with the server. `waiting`: changes that it has not confirmed. `stored`: whether the browser keeps
 * them should the page close.
 */
export type ConnectionStatus = { readonly waiting: number; readonly stored: boolean } & (
  | { readonly state: 'Connecting' | 'Live' | 'ReadOnlyServer' }
  | { readonly state: 'Offline'; readonly retryAt: Millis }
  | { readonly state: 'Failed'; readonly reason: CloseReason; readonly message: string }
);

type Phase =
  | { readonly state: 'Connecting' | 'Live' }
  | { readonly state: 'Offline'; readonly retryAt: Millis }
  | { readonly state: 'Failed'; readonly reason: CloseReason; readonly message: string };

/** How often a page that is live looks for what closed tabs left, in ms. */
const LOOK_FOR_LEFT_BEHIND = 60_000;

/** One board in this tab: the replica, its connection, and the other people. Effects are here and in `net`. */
export class BoardClient {
  readonly #options: BoardClientOptions;
  readonly #replica$ = new BehaviorSubject<Replica | null>(null);
  readonly #status$ = new BehaviorSubject<ConnectionStatus>({ state: 'Connecting', waiting: 0, stored: true });
  readonly #others = new Others((pointing) => this.#live?.say(pointing));
  readonly #ownName: OwnName;
  readonly #commits$ = new Subject<readonly Commit[]>();
  readonly #rejections$ = new Subject<Rejection>();
  readonly #closed$ = new Subject<void>();
  readonly #work = new Subscription();
  readonly #started: Promise<Slot>;
  #live: LiveReplica | null = null;
  #phase: Phase = { state: 'Connecting' };
  #writable = true;
  #stored = true;
  #outboxWatched = false;
  /** Changes that wait in the outbox of a board that is not here yet. */
  #kept = 0;
  #closed = false;

  constructor(options: BoardClientOptions) {
    this.#options = options;
    this.#ownName = new OwnName(options.self);
    this.#started = this.#start();
  }

  /** The board as this person has it; nothing before it is here. Own changes at once, others' once a frame. */
  get replica$(): Observable<Replica> {
    return this.#replica$.pipe(filter((replica) => replica !== null));
  }

  get status$(): Observable<ConnectionStatus> {
    return this.#status$.pipe(distinctUntilChanged(sameStatus));
  }

  /** Confirmed commits as they come, in order. What a snapshot skipped is missing between them. */
  get commits$(): Observable<readonly Commit[]> {
    return this.#commits$;
  }

  /** The other people on the board. */
  get presence$(): Observable<readonly Presence[]> {
    return this.#others.people$;
  }

  /** Commands that the server refused: what they showed is gone again. */
  get rejections$(): Observable<Rejection> {
    return this.#rejections$;
  }

  /** The store that the board comes from; null before the board is here. */
  get epoch(): Epoch | null {
    return this.#live?.epoch ?? null;
  }

  /** Null: it shows, and is on its way. */
  propose(command: Command): Rejection | null {
    if (!this.#live) return { code: 'NotAllowed', message: 'The board is still loading.' };
    const rejection = this.#live.propose(command);
    if (!rejection) this.#show();
    return rejection;
  }

  /** The number for the next `StartStroke` or erasing gesture. */
  nextGesture(): number {
    const replica = this.#live?.replica;
    return replica ? nextGesture(replica) : 1;
  }

  /** What of the board this person has in sight. */
  look(sight: Box): void {
    this.#others.look(sight);
  }

  /** Where this person points; `past`: at an earlier moment of the board. */
  point(cursor: Point | null, past: boolean, laser = false): void {
    this.#others.point(cursor, past, laser);
  }

  /** Ends the connection, and keeps for the next time what it has not confirmed. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#closed$.next();
    const slot = await this.#started;
    this.#work.unsubscribe();
    await this.#live?.close();
    slot.release();
    this.#others.close();
    for (const stream of [this.#replica$, this.#status$, this.#commits$, this.#rejections$]) stream.complete();
  }

  async #start(): Promise<Slot> {
    const { board, key, self, transport, store, locks, surroundings } = this.#options;
    const { slot, waiting, own } = await openOutbox(store, locks, board, self().participant, surroundings.random);
    if (this.#closed) return slot;
    this.#stored = waiting !== null;
    this.#kept = waitingChanges(own);
    const introduce = (): Introduction => {
      const { secret, name } = self();
      return { secret, name, color: this.#ownName.color, ...(key === null ? {} : { key }) };
    };
    const options = { board, introduce, transport, store, surroundings };
    const live = new LiveReplica({ ...options, slot: slot.number, waiting, own, seed: null });
    this.#live = live;
    this.#work.add(live.event$.subscribe((event) => this.#onReplica(event, live)));
    if (locks) this.#work.add(this.#sendLeftBehind({ ...options, locks, ownSlot: slot.number }));
    this.#tell();
    return slot;
  }

  /** While this page is live, it also sends what closed tabs left. */
  #sendLeftBehind(options: Omit<LeftBehind, 'participant' | 'seed'>): Subscription {
    const live$ = this.#status$.pipe(
      map(({ state }) => state === 'Live'),
      distinctUntilChanged(),
    );
    const send = async (): Promise<void> => {
      const { participant } = this.#options.self();
      const board = this.#replica$.value?.confirmed;
      if (!participant || !board || !this.epoch) return;
      const stop$ = merge(this.#closed$, live$.pipe(filter((live) => !live)));
      await sendLeftBehind({ ...options, participant, seed: { board, epoch: this.epoch } }, stop$).catch(() => {});
    };
    return live$
      .pipe(
        switchMap((live) => (live ? timer(0, LOOK_FOR_LEFT_BEHIND) : EMPTY)),
        exhaustMap(send),
      )
      .subscribe();
  }

  #onReplica(event: ReplicaEvent, live: LiveReplica): void {
    switch (event.type) {
      case 'Joined': {
        const { participant, connection } = event.joined;
        this.#options.remember(participant);
        this.#others.joined(connection);
        this.#writable = true;
        if (!this.#outboxWatched && live.outbox) this.#watch(live.outbox);
        return;
      }
      case 'Live':
        this.#phase = { state: 'Live' };
        this.sayWhoIAm();
        this.#others.live();
        return this.#show();
      case 'Committed':
        return this.#commits$.next(event.commits);
      case 'Changed':
        return this.#show();
      case 'Heard':
        return this.#hear(event.message);
      case 'Lost':
        this.#phase = { state: 'Offline', retryAt: event.retryAt };
        return this.#lose();
      case 'Failed': {
        const { reason } = event;
        this.#phase = { state: 'Failed', reason, message: closeReasons[reason].text };
        return this.#lose();
      }
    }
  }

  #hear(message: OtherMessage): void {
    switch (message.type) {
      case 'Rejected':
        return this.#rejections$.next({ code: message.code, message: message.message });
      case 'PresenceChanged':
        this.#others.hear(message);
        return this.sayWhoIAm();
      case 'LogState':
        this.#writable = message.writable;
        return this.#tell();
      case 'Pong':
    }
  }

  #watch(outbox: Outbox): void {
    this.#outboxWatched = true;
    this.#work.add(
      outbox.stored$.subscribe((stored) => {
        this.#stored = stored;
        this.#tell();
      }),
    );
  }

  /** Tells the name and colour that this person has now, where others know another, from joining or drawing before. */
  sayWhoIAm(): void {
    const replica = this.#live?.replica;
    const news = replica && this.#ownName.news(replica, this.#others);
    if (news) this.propose({ type: 'ChangeAuthor', ...news });
  }

  #lose(): void {
    this.#others.lost();
    this.#tell();
  }

  #show(): void {
    const replica = this.#live?.replica;
    if (replica && replica !== this.#replica$.value) this.#replica$.next(replica);
    this.#tell();
  }

  #tell(): void {
    const pending = this.#live?.replica?.pending;
    const waiting = pending ? waitingChanges(pending) : this.#kept;
    const stored = this.#stored;
    const readOnly = this.#phase.state === 'Live' && !this.#writable;
    this.#status$.next({ ...(readOnly ? { state: 'ReadOnlyServer' } : this.#phase), waiting, stored });
  }
}

const sameStatus = (a: ConnectionStatus, b: ConnectionStatus): boolean =>
  a.state === b.state &&
  a.waiting === b.waiting &&
  a.stored === b.stored &&
  (a.state !== 'Offline' || b.state !== 'Offline' || a.retryAt === b.retryAt);
