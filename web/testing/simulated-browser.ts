// A browser with tabs that can be crashed, and the person before it.

import { NEVER, Subject } from 'rxjs';
import type { Command, Rejection } from '../../shared/command.ts';
import { type BoardId, type ClientId, type ParticipantId, type ShapeId, shapeId } from '../../shared/ids.ts';
import type { Replica } from '../../shared/replica.ts';
import type { Samples } from '../../shared/samples.ts';
import { samplesAt, startStroke } from '../../shared/testing/peers.ts';
import type { Presence } from '../../shared/wire/message.ts';
import { BoardClient, type ConnectionStatus, type Self } from '../board-client.ts';
import type { Locks } from '../net/locks.ts';
import { memoryOutboxStore } from '../net/outbox/memory.ts';
import type { OutboxStore } from '../net/outbox/outbox-store.ts';
import type { Socket } from '../net/transport.ts';
import { bytesOf, shapesOf, type SimulatedServer, type SimulatedSocket } from './simulated-server.ts';

export const BOARD = 'SimulatedBoard01' as BoardId;

export class SimulatedBrowser {
  /** What the person is called; the server derives the participant from the secret. */
  self: Self;
  store: OutboxStore = memoryOutboxStore();
  /** False: a browser without Web Locks. */
  hasLocks = true;
  /** It grants what is held already. */
  forgetsLocks = false;
  readonly #held = new Map<string, SimulatedTab>();

  constructor(name: string) {
    this.self = { secret: `${name}-with-a-long-secret`, name, color: 'blue', colorChosen: true, participant: null };
  }

  open(server: SimulatedServer, key: string | null = null): SimulatedTab {
    return new SimulatedTab(this, server, key);
  }

  remember(participant: ParticipantId): void {
    this.self = { ...this.self, participant };
  }

  rename(name: string): void {
    this.self = { ...this.self, name };
  }

  /** The locks as one tab has them. */
  locksOf(tab: SimulatedTab): Locks | null {
    if (!this.hasLocks) return null;
    return {
      hold: async (name) => {
        if (this.#held.has(name) && !this.forgetsLocks) return null;
        this.#held.set(name, tab);
        return () => this.#held.delete(name);
      },
    };
  }

  /** What the browser does when a tab ends, however it ends. */
  releaseAll(tab: SimulatedTab): void {
    for (const [name, holder] of this.#held) if (holder === tab) this.#held.delete(name);
  }
}

export class SimulatedTab {
  readonly client: BoardClient;
  readonly wake$ = new Subject<void>();
  readonly hide$ = new Subject<void>();
  readonly statuses: ConnectionStatus[] = [];
  readonly rejections: Rejection[] = [];
  people: readonly Presence[] = [];
  replica: Replica | null = null;
  /** How often components were given a board. */
  shown = 0;
  /** Ms until the next animation frame. */
  frame = 16;
  readonly #browser: SimulatedBrowser;
  readonly #sockets: SimulatedSocket[] = [];
  #crashed = false;

  constructor(browser: SimulatedBrowser, server: SimulatedServer, key: string | null) {
    this.#browser = browser;
    this.client = new BoardClient({
      board: BOARD,
      key,
      self: () => browser.self,
      remember: (participant) => browser.remember(participant),
      transport: { open: () => (this.#crashed ? deadSocket : this.#open(server)) },
      store: {
        load: (board) => browser.store.load(board),
        write: (...change) => (this.#crashed ? new Promise(() => {}) : browser.store.write(...change)),
      },
      locks: browser.locksOf(this),
      surroundings: {
        wake$: this.wake$,
        hide$: this.hide$,
        nextFrame: (run) => {
          const timer = setTimeout(run, this.frame);
          return () => clearTimeout(timer);
        },
        random: () => 0.5,
      },
    });
    this.client.status$.subscribe((status) => this.statuses.push(status));
    this.client.rejections$.subscribe((rejection) => this.rejections.push(rejection));
    this.client.presence$.subscribe((people) => (this.people = people));
    this.client.replica$.subscribe((replica) => {
      this.replica = replica;
      this.shown++;
    });
  }

  get status(): ConnectionStatus {
    const status = this.statuses.at(-1);
    if (!status) throw new Error('There is no status yet.');
    return status;
  }

  /** What its person sees, from the back to the front; */
  get shapes(): readonly ShapeId[] {
    return this.replica ? shapesOf(this.replica.optimistic) : [];
  }

  /** and the whole of it in its one form. */
  get board(): Uint8Array | null {
    return this.replica && bytesOf(this.replica.optimistic);
  }

  /** Draws a stroke of one sample and two for each of `moves`, whole unless the pen stays down, and gives its id. */
  draw(moves = 0, lifted = true): ShapeId {
    const number = this.client.nextGesture();
    this.#do(startStroke(number, samplesAt([number, number])));
    this.move(moves);
    if (lifted) this.#do({ type: 'EndStroke' });
    return shapeId(this.replica?.author.client ?? ('' as ClientId), number);
  }

  /** The pen goes on: one command for each of `moves`. */
  move(moves: number): void {
    const samples = Uint8Array.of(2, 0, 0, 16, 0, 2, 0, 16) as Samples;
    for (let i = 0; i < moves; i++) this.#do({ type: 'ExtendStroke', samples });
  }

  #do(command: Command): void {
    const rejection = this.client.propose(command);
    if (rejection) throw new Error(`It was refused: ${rejection.message}`);
  }

  /** The tab is gone from one moment to the next: nothing more is written, sent or heard. */
  crash(): void {
    this.#crashed = true;
    for (const socket of this.#sockets) socket.end(1006);
    this.#browser.releaseAll(this);
  }

  async close(): Promise<void> {
    await this.client.close();
    this.#browser.releaseAll(this);
  }

  #open(server: SimulatedServer): Socket {
    const socket = server.open();
    this.#sockets.push(socket);
    return socket;
  }
}

const deadSocket: Socket = {
  opened$: NEVER,
  message$: NEVER,
  closed$: NEVER,
  buffered: 0,
  send: () => {},
  close: () => {},
};
