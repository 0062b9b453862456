import { authorWith, type Board, emptyBoard, fold } from '../../shared/board.ts';
import type { NumberedCommand, Rejection } from '../../shared/command.ts';
import { type CommandAuthor, decide } from '../../shared/decide.ts';
import type { Commit } from '../../shared/event.ts';
import type { ClientId, Revision } from '../../shared/ids.ts';
import { lastRevision, record, recordCreation } from '../../shared/record.ts';
import { START } from '../../shared/testing/peers.ts';

const created = recordCreation({ type: 'BoardCreated', title: 'Story', access: 'edit' }, START);

/** What became of a command. Without an answer, the commit tells. */
export interface Answer {
  readonly at: Revision;
  readonly rejection?: Rejection;
}

/** A board's log, and the one who decides what comes into it. */
export class DecidingLog {
  readonly commits: Commit[];
  board: Board;
  readonly #skipped = new Map<ClientId, number>();

  constructor(commits: readonly Commit[] = [created]) {
    this.commits = [...commits];
    this.board = commits.reduce((board, { events }) => fold(board, events), emptyBoard);
  }

  /** The log as a backup had it that was made at a revision. */
  upTo(revision: Revision): DecidingLog {
    return new DecidingLog(this.commits.filter((commit) => lastRevision(commit) <= revision));
  }

  settledBy(client: ClientId): number {
    const inLog = authorWith(this.board, client)?.settled ?? 0;
    return Math.max(inLog, this.#skipped.get(client) ?? 0);
  }

  acknowledge(client: ClientId, settled: number): void {
    if (settled > this.settledBy(client)) this.#skipped.set(client, settled);
  }

  /** Takes a command, or answers it again; undefined where a number before it never came. */
  take(author: CommandAuthor, { number, command }: NumberedCommand): Answer | 'Recorded' | undefined {
    const settled = this.settledBy(author.client);
    const at = this.board.revision;
    if (number > settled + 1) return undefined;
    if (number <= settled) return { at };
    const decision = decide(this.board, command, author);
    const rejected = 'rejection' in decision;
    const events = rejected ? [] : record(this.board, author.client, number, decision.events, this.board.at + 10);
    if (events.length === 0) {
      this.#skipped.set(author.client, number);
      return rejected ? { at, rejection: decision.rejection } : { at };
    }
    this.commits.push({ after: at, at: this.board.at + 10, events });
    this.board = fold(this.board, events);
    return 'Recorded';
  }
}
