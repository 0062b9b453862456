// A tiny server and its clients in one thread, to tell stories about replicas: who draws, what is delayed, what is lost.

import { authorWith, type Board, emptyBoard, fold } from '../board.ts';
import type { Command, NumberedCommand } from '../command.ts';
import { type CommandAuthor, decide } from '../decide.ts';
import type { Commit } from '../event.ts';
import { type ClientId, clientId, type ParticipantId, shapeId, type ShapeId } from '../ids.ts';
import { record, recordCreation } from '../record.ts';
import {
  createReplica,
  markSent,
  nextGesture,
  propose,
  receive,
  reconnected,
  type Replica,
  sendable,
  settle,
} from '../replica.ts';
import { NIB_AT_ORIGIN, packSamples, type Samples } from '../samples.ts';

export const START = Date.UTC(2026, 0, 1);

export const author = (name: string, role: CommandAuthor['role'] = 'editor'): CommandAuthor => ({
  client: clientId(name.padEnd(12, '_') as ParticipantId, 1),
  name,
  color: 'blue',
  role,
});

/** Samples at these points, as the first of a stroke. */
export const samplesAt = (...points: readonly (readonly [x: number, y: number])[]): Samples =>
  packSamples(
    points.map(([x, y]) => ({ x, y, pressure: 0.5, dt: 8 })),
    3,
    NIB_AT_ORIGIN,
  ).samples;

export const startStroke = (number: number, samples = samplesAt([10, 10])): Command => ({
  type: 'StartStroke',
  number,
  kind: 'pen',
  style: { color: 'ink', width: 4 },
  pointer: 'pen',
  precision: 3,
  samples,
});

/** The one who decides, with a log in memory. */
export class Authority {
  readonly commits: Commit[] = [recordCreation({ type: 'BoardCreated', title: 'Story', access: 'edit' }, START)];
  board: Board = fold(emptyBoard, this.commits[0]?.events ?? []);
  readonly #skipped = new Map<ClientId, number>();

  /** Takes a command, or answers it again. Throws where a number was skipped. */
  take(from: CommandAuthor, { number, command }: NumberedCommand): { settledAt: number } | null {
    const inLog = authorWith(this.board, from.client)?.settled ?? 0;
    const settled = Math.max(inLog, this.#skipped.get(from.client) ?? 0);
    if (number <= settled) return { settledAt: this.board.revision };
    if (number > settled + 1) throw new Error(`Command ${number} came after ${settled}.`);
    const decision = decide(this.board, command, from);
    const at = this.board.at + 10;
    const events = 'events' in decision ? record(this.board, from.client, number, decision.events, at) : [];
    if (events.length === 0) {
      this.#skipped.set(from.client, number);
      return { settledAt: this.board.revision };
    }
    this.commits.push({ after: this.board.revision, at, events });
    this.board = fold(this.board, events);
    return null;
  }
}

/** One client and its two queues, which the story empties when it likes. */
export class Peer {
  replica: Replica;
  readonly #authority: Authority;
  #uplink: NumberedCommand[] = [];
  #answers: { through: number; at: number }[] = [];
  #seen = 0;

  constructor(name: string, authority: Authority) {
    this.#authority = authority;
    this.replica = createReplica(author(name));
  }

  do(command: Command): boolean {
    const result = propose(this.replica, command);
    if ('rejection' in result) return false;
    this.replica = result.replica;
    return true;
  }

  /** Draws a whole stroke and gives its id. */
  draw(...points: readonly (readonly [number, number])[]): ShapeId {
    const number = nextGesture(this.replica);
    this.do(startStroke(number, samplesAt(...points)));
    this.do({ type: 'EndStroke' });
    return shapeId(this.replica.author.client, number);
  }

  erase(...shapes: ShapeId[]): boolean {
    return this.do({ type: 'EraseShapes', gesture: nextGesture(this.replica), shapes });
  }

  /** Puts what is sendable on the wire. */
  send(): this {
    const commands = sendable(this.replica);
    this.#uplink.push(...commands);
    this.replica = markSent(this.replica, commands.at(-1)?.number ?? this.replica.sent);
    return this;
  }

  /** The wire brings the next commands to the server. */
  deliver(count = Infinity): this {
    for (const command of this.#uplink.splice(0, count)) {
      const answer = this.#authority.take(this.replica.author, command);
      if (answer) this.#answers.push({ through: command.number, at: answer.settledAt });
    }
    return this;
  }

  /** The server's answers and commits arrive: answers first, as they may. */
  hear(commits = Infinity): this {
    for (const { through, at } of this.#answers.splice(0)) this.replica = settle(this.replica, through, at);
    const fresh = this.#authority.commits.slice(this.#seen, this.#seen + commits);
    this.#seen += fresh.length;
    this.replica = receive(this.replica, fresh);
    return this;
  }

  /** The connection breaks: all that was under way is gone, in both directions. */
  reconnect(): this {
    this.#uplink = [];
    this.#answers = [];
    this.replica = reconnected(this.replica);
    return this;
  }
}

export function peers(...names: string[]): { authority: Authority; clients: Peer[]; converge(): void } {
  const authority = new Authority();
  const clients = names.map((name) => new Peer(name, authority).hear());
  return {
    authority,
    clients,
    converge() {
      for (const client of clients) client.send().deliver();
      for (const client of clients) client.hear();
    },
  };
}
