// A board host on a log of memory, and sockets that keep what they are sent: for telling stories about the server.

import type { Command } from '../../shared/command.ts';
import type { CommandAuthor } from '../../shared/decide.ts';
import type { BoardId } from '../../shared/ids.ts';
import { unpackServerMessages } from '../../shared/wire/codec.ts';
import type { ServerMessage } from '../../shared/wire/message.ts';
import type { BoardHost } from '../board-host.ts';
import { Boards, type OpenBoard } from '../boards.ts';
import type { EventLog } from '../log/event-log.ts';
import { memoryLog } from '../log/memory.ts';
import type { Socket } from '../net/listener.ts';
import type { Outcome } from '../plan.ts';
import { VirtualTime } from './virtual-time.ts';

export const TEST_BOARD = 'TestBoard0000001' as BoardId;

/** Lets everything that can happen now happen. */
export async function quiet(rounds = 5): Promise<void> {
  for (let i = 0; i < rounds; i++) await new Promise((resolve) => setImmediate(resolve));
}

export interface TestBoards {
  readonly boards: Boards;
  readonly log: EventLog;
  /** Runs what waits for its time. */
  advance(ms: number): void;
  now(): number;
  after(ms: number, callback: () => void): () => void;
}

export function testBoards(log = memoryLog(), rest: (commands: number) => number = () => 0): TestBoards {
  const time = new VirtualTime();
  const now = (): number => time.now;
  const boards = new Boards(log, { now, elapsed: now, scheduler: time.scheduler, rest, newBoardId: () => TEST_BOARD });
  return {
    boards,
    log,
    now,
    after: (ms, callback) => time.after(ms, callback),
    advance: (ms) => time.advance(ms),
  };
}

export async function openTestBoard({ boards }: TestBoards): Promise<OpenBoard> {
  await boards.create({ title: 'Test', access: 'edit' });
  return (await boards.open(TEST_BOARD)) as OpenBoard;
}

/** Submits commands of one author with rising numbers, and keeps the outcomes by number. */
export function submitter(
  host: BoardHost,
  author: CommandAuthor,
): {
  submit(command: Command, number?: number): boolean;
  readonly outcomes: Map<number, Outcome>;
} {
  let last = 0;
  const outcomes = new Map<number, Outcome>();
  return {
    outcomes,
    submit(command, number = last + 1) {
      last = Math.max(last, number);
      return host.submit({
        author,
        number,
        command,
        from: { answer: (of, outcome) => void outcomes.set(of, outcome) },
      });
    },
  };
}

/** A socket that keeps what it is sent, and takes so many frames before it is full. */
export class TestSocket implements Socket {
  readonly protocol = '';
  readonly remoteAddress = '127.0.0.1';
  buffered = 0;
  closed = false;
  closeCode = 0;
  closeReason = '';
  room = Infinity;
  readonly frames: (Uint8Array | string)[] = [];

  send(data: Uint8Array | string): boolean {
    if (!this.closed) this.frames.push(typeof data === 'string' ? data : data.slice());
    return --this.room > 0;
  }

  cork(action: () => void): void {
    action();
  }

  close(code: number, reason: string): void {
    this.closed = true;
    this.closeCode = code;
    this.closeReason = reason;
  }

  messages(): ServerMessage[] {
    return this.frames.flatMap((frame) => (typeof frame === 'string' ? [] : unpackServerMessages(frame)));
  }

  ofType<Type extends ServerMessage['type']>(type: Type): Extract<ServerMessage, { type: Type }>[] {
    return this.messages().filter((message) => message.type === type) as Extract<ServerMessage, { type: Type }>[];
  }

  /** Revisions of the events it was sent, in the order it got them. */
  revisions(): number[] {
    return this.ofType('Commit').flatMap((commit) => commit.events.map((event) => event.revision));
  }
}
