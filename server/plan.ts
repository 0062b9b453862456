import { authorWith, type Board, BoardDraft } from '../shared/board.ts';
import type { Command, Rejection } from '../shared/command.ts';
import { type CommandAuthor, decide, type Decision } from '../shared/decide.ts';
import type { Commit, RecordedEvent } from '../shared/event.ts';
import type { ClientId, Millis, Revision } from '../shared/ids.ts';
import { record } from '../shared/record.ts';
import { commitsOf, packedCommit } from './commits.ts';
import type { PackedCommit } from './log/event-log.ts';
import type { TurnTally } from './turn-limit.ts';

/** A command on its way to the log, and what is to be told of it once that is durable. */
export interface Submission {
  /** Of `BoardHost.enter`: what came by an earlier one of its client is withdrawn. */
  readonly entry?: symbol;
  readonly author: CommandAuthor;
  readonly number: number;
  readonly command: Command;
  readonly from: Submitter;
}

/** Told what its commands came to. */
export interface Submitter {
  answer(number: number, outcome: Outcome): void;
}

export type Outcome =
  /** Its events are in the log, in what was published just before. */
  | { readonly type: 'Recorded' }
  /** It came to nothing, or was in the log already: no event of it is to come after revision `at`. */
  | { readonly type: 'Settled'; readonly at: Revision }
  | { readonly type: 'Rejected'; readonly at: Revision; readonly rejection: Rejection }
  /** A number before it never came. */
  | { readonly type: 'Skipped'; readonly expected: number }
  /** It undoes or redoes more than its client may just now. Nothing was done; it can be sent again later. */
  | { readonly type: 'TooFast' };

/** How a board stands when a batch is taken up. */
export interface Standing {
  readonly board: Board;
  /** What the batch makes will have this time. */
  readonly at: Millis;
  /** Last numbers of commands that came to nothing: the log does not know of them. */
  readonly skipped: ReadonlyMap<ClientId, number>;
  /** The last entry of each client. */
  readonly entries: ReadonlyMap<ClientId, symbol>;
  readonly turns: TurnTally;
}

/** What a batch comes to, before the log has taken it. */
export interface Plan {
  readonly board: Board;
  readonly commits: readonly Commit[];
  readonly packed: readonly PackedCommit[];
  readonly events: number;
  readonly skipped: ReadonlyMap<ClientId, number>;
  readonly turns: TurnTally;
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly submission: Submission;
  readonly outcome: Outcome;
}

/** Decides on what is waiting, in the order it came. Changes nothing but the tally: the log may refuse. */
export function planOf(batch: readonly Submission[], standing: Standing): Plan {
  const { at, turns, entries } = standing;
  const skipped = new Map<ClientId, number>();
  const answers: Answer[] = [];
  const events: RecordedEvent[] = [];
  // One draft for the whole batch: each command is decided on the board so far.
  const draft = new BoardDraft(standing.board);
  for (const submission of batch) {
    const { entry, author, number, command } = submission;
    const { board } = draft;
    const current = entries.get(author.client);
    if (current && current !== entry) continue;
    const settled = Math.max(settledOn(board, author.client, standing.skipped), skipped.get(author.client) ?? 0);
    if (number !== settled + 1) {
      const known = number <= settled;
      const outcome: Outcome = known
        ? { type: 'Settled', at: board.revision }
        : { type: 'Skipped', expected: settled + 1 };
      answers.push({ submission, outcome });
      continue;
    }
    const decision = decide(board, command, author);
    if ('events' in decision && !turns.allows(author.client, decision.events)) {
      answers.push({ submission, outcome: TOO_FAST });
      continue;
    }
    const made = 'events' in decision ? record(board, author.client, number, decision.events, at) : [];
    draft.add(made);
    events.push(...made);
    if (made.length === 0) skipped.set(author.client, number);
    answers.push({ submission, outcome: outcomeOf(decision, made.length, draft.board.revision) });
  }
  const commits = commitsOf(standing.board, events, at);
  const packed = commits.map(packedCommit);
  return { board: draft.done(), commits, packed, events: events.length, skipped, turns, answers };
}

const RECORDED: Outcome = { type: 'Recorded' };
const TOO_FAST: Outcome = { type: 'TooFast' };

/** The number of a client's last command that is done with. */
export function settledOn(board: Board, client: ClientId, skipped: ReadonlyMap<ClientId, number>): number {
  const inLog = authorWith(board, client)?.settled ?? 0;
  return Math.max(inLog, skipped.get(client) ?? 0);
}

function outcomeOf(decision: Decision, events: number, at: Revision): Outcome {
  if ('rejection' in decision) return { type: 'Rejected', at, rejection: decision.rejection };
  return events > 0 ? RECORDED : { type: 'Settled', at };
}
