import { type Observable, Subscription } from 'rxjs';
import { type Board, emptyBoard } from '../shared/board.ts';
import type { Color } from '../shared/color.ts';
import type { Command, Rejection } from '../shared/command.ts';
import { undoable } from '../shared/undo.ts';
import type { Commit } from '../shared/event.ts';
import type { Box } from '../shared/geometry.ts';
import type { BoardId, ClientId, Epoch } from '../shared/ids.ts';
import type { Replica } from '../shared/replica.ts';
import type { Role } from '../shared/roles.ts';
import type { Point, Presence } from '../shared/wire/message.ts';
import { MAX_TITLE_LENGTH } from '../shared/limits.ts';
import { cleanText } from '../shared/text.ts';
import type { BoardClient, ConnectionStatus } from './board-client.ts';
import { type Identity, ownIdentity } from './identity.svelte.ts';
import { openClient } from './open-client.ts';

/** This person on this board. `client` and `role` are not known before the server has told. */
export interface Me {
  readonly client: ClientId | null;
  readonly role: Role | null;
  readonly name: string;
  readonly color: Color;
}

/** One board, as components see it. Boards are values: they are held raw, and replaced. */
export class BoardView {
  readonly id: BoardId;
  readonly #client: BoardClient;
  readonly #identity: Identity;
  readonly #subscriptions = new Subscription();
  readonly #stopWatching: () => void;
  #replica = $state.raw<Replica | null>(null);
  #status = $state.raw<ConnectionStatus>({ state: 'Connecting', waiting: 0, stored: true });
  #people = $state.raw<readonly Presence[]>([]);
  #rejection = $state.raw<Rejection | null>(null);

  /** False: there is no board to show yet. */
  readonly loaded: boolean = $derived(this.#replica !== null);
  /** The board with what this person did on top, confirmed or not. */
  readonly board: Board = $derived(this.#replica?.optimistic ?? emptyBoard);
  /** The board as the server has it. */
  readonly confirmed: Board = $derived(this.#replica?.confirmed ?? emptyBoard);
  readonly title: string = $derived(this.board.title);
  readonly me: Me = $derived.by(() => {
    const { client = null, role = null, color } = this.#replica?.author ?? {};
    const { name, colorChosen, color: own } = this.#identity;
    return { client, role, name, color: colorChosen ? own : (color ?? own) };
  });
  readonly #undoable = $derived(this.me.client ? undoable(this.board, this.me.client) : { undo: false, redo: false });

  constructor(id: BoardId, identity: Identity = ownIdentity(), open: typeof openClient = openClient) {
    this.id = id;
    this.#identity = identity;
    this.#client = open(id, identity);
    this.#subscriptions.add(this.#client.replica$.subscribe((replica) => (this.#replica = replica)));
    this.#subscriptions.add(this.#client.status$.subscribe((status) => (this.#status = status)));
    this.#subscriptions.add(this.#client.presence$.subscribe((people) => (this.#people = people)));
    this.#subscriptions.add(this.#client.rejections$.subscribe((rejection) => (this.#rejection = rejection)));
    this.#stopWatching = identity.onchange(() => this.#client.sayWhoIAm());
  }

  get status(): ConnectionStatus {
    return this.#status;
  }

  /** The others on the board. */
  get people(): readonly Presence[] {
    return this.#people;
  }

  /** The last of this person's commands that the server refused: what it showed is gone again. */
  get rejection(): Rejection | null {
    return this.#rejection;
  }

  get canUndo(): boolean {
    return this.#undoable.undo;
  }

  get canRedo(): boolean {
    return this.#undoable.redo;
  }

  /** The store that the board comes from; null before the board is here. */
  get epoch(): Epoch | null {
    return this.#client.epoch;
  }

  /** Confirmed commits as they come. A snapshot in between tells of itself by the revision that they follow. */
  get commits$(): Observable<readonly Commit[]> {
    return this.#client.commits$;
  }

  propose = (command: Command): Rejection | null => this.#client.propose(command);
  nextGesture = (): number => this.#client.nextGesture();
  look = (sight: Box): void => this.#client.look(sight);
  point = (cursor: Point | null, past = false, laser = false): void => this.#client.point(cursor, past, laser);
  undo = (): Rejection | null => this.propose({ type: 'Undo' });
  redo = (): Rejection | null => this.propose({ type: 'Redo' });
  rename = (title: string): Rejection | null =>
    this.propose({ type: 'RenameBoard', title: cleanText(title, MAX_TITLE_LENGTH) });

  /** Another name or colour, here and on every board that is open. */
  changeAuthor = (name: string, color: Color): void =>
    this.#identity.change(name, color === this.me.color ? null : color);

  async close(): Promise<void> {
    this.#stopWatching();
    this.#subscriptions.unsubscribe();
    await this.#client.close();
  }
}
