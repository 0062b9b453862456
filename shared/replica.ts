// A client's board: what the log has confirmed, and its own commands that are still on their way.
// A value and functions that return the next one; whoever calls them moves the bytes. Section R of SPEC.md.

import { authorWith, type Board, emptyBoard, fold } from './board.ts';
import type { Command, NumberedCommand, Rejection } from './command.ts';
import { type CommandAuthor, decide } from './decide.ts';
import type { BoardEvent, Commit } from './event.ts';
import type { Revision } from './ids.ts';
import { lastRevision, record } from './record.ts';

export interface Replica {
  readonly author: CommandAuthor;
  /** The fold of the log up to `confirmed.revision`. */
  readonly confirmed: Board;
  /** `confirmed` with the pending commands on top: what its person sees. */
  readonly optimistic: Board;
  /** Proposed and not settled, in order, without a hole. */
  readonly pending: readonly NumberedCommand[];
  /** Commands up to this number are done with. */
  readonly settled: number;
  /** Commands up to this number were sent on this connection. */
  readonly sent: number;
  /** Answers that came before the events they speak of. */
  readonly answers: readonly Answer[];
}

interface Answer {
  readonly through: number;
  readonly at: Revision;
}

export class RevisionGap extends Error {
  override readonly name = 'RevisionGap';
  readonly expected: Revision;
  readonly actual: Revision;
  constructor(expected: Revision, actual: Revision) {
    super(`A commit follows revision ${actual}, but the replica is at ${expected}.`);
    this.expected = expected;
    this.actual = actual;
  }
}

export const createReplica = (author: CommandAuthor): Replica => ({
  author,
  confirmed: emptyBoard,
  optimistic: emptyBoard,
  pending: [],
  settled: 0,
  sent: 0,
  answers: [],
});

/** A new replica that goes on where an outbox ended: commands up to `settled` are done with, the others follow it. */
export const restorePending = (replica: Replica, settled: number, pending: readonly NumberedCommand[]): Replica =>
  rebase({ ...replica, settled, sent: settled, pending });

/** The number that the next proposed command will have. */
export const nextNumber = (replica: Replica): number => replica.settled + replica.pending.length + 1;

/** The number for a new stroke or erasing gesture. */
export function nextGesture(replica: Replica): number {
  const board = replica.optimistic;
  return (authorWith(board, replica.author.client)?.gesture ?? 0) + 1;
}

/** Shows a command's effect at once; a refused one leaves the replica as it is. [R1] */
export function propose(
  replica: Replica,
  command: Command,
): { readonly replica: Replica; readonly number: number } | { readonly rejection: Rejection } {
  const number = nextNumber(replica);
  const decision = decide(replica.optimistic, command, replica.author);
  if ('rejection' in decision) return decision;
  const pending = [...replica.pending, { number, command }];
  const optimistic = withEvents(replica, replica.optimistic, number, decision.events);
  return { replica: { ...replica, pending, optimistic }, number };
}

/** What is to be sent now, in order. */
export const sendable = (replica: Replica): readonly NumberedCommand[] =>
  replica.pending.filter((command) => command.number > replica.sent);

export const markSent = (replica: Replica, through: number): Replica => ({ ...replica, sent: through });

/** A new connection knows of nothing that was sent on the old one, and owes no answers. [R5] */
export const reconnected = (replica: Replica): Replica => ({ ...replica, sent: replica.settled, answers: [] });

/**
 * Takes confirmed commits, in order; those it has already are passed over. [R2] [R3]
 * @throws RevisionGap when one does not follow what the replica has
 */
export function receive(replica: Replica, commits: readonly Commit[]): Replica {
  let confirmed = replica.confirmed;
  for (const commit of commits) {
    if (lastRevision(commit) <= confirmed.revision) continue;
    if (commit.after > confirmed.revision) throw new RevisionGap(confirmed.revision, commit.after);
    confirmed = fold(confirmed, commit.events.slice(confirmed.revision - commit.after));
  }
  return confirmed === replica.confirmed ? replica : rebase({ ...replica, confirmed });
}

/** Takes a whole board in place of what was confirmed. Pending commands stay. [R6] */
export const reset = (replica: Replica, board: Board): Replica => rebase({ ...replica, confirmed: board });

/** Commands up to `through` are done with, once revision `at` is here: an answer may overtake the events. [R4] */
export const settle = (replica: Replica, through: number, at: Revision): Replica =>
  rebase({ ...replica, answers: [...replica.answers, { through, at }] });

/** Another name, colour or role for what is proposed from now on. */
export const changeAuthor = (replica: Replica, author: CommandAuthor): Replica => ({ ...replica, author });

/** Drops what is settled and decides the rest again on what is confirmed now. */
function rebase(replica: Replica): Replica {
  const { author, confirmed } = replica;
  const due = replica.answers.filter((answer) => answer.at <= confirmed.revision);
  const inLog = authorWith(confirmed, author.client)?.settled ?? 0;
  const settled = Math.max(replica.settled, inLog, ...due.map((answer) => answer.through));
  const pending = replica.pending.filter((command) => command.number > settled);
  return {
    ...replica,
    settled,
    sent: Math.max(replica.sent, settled),
    pending,
    answers: replica.answers.filter((answer) => answer.at > confirmed.revision),
    optimistic: pending.reduce((board, command) => apply(replica, board, command), confirmed),
  };
}

/** A command that is refused on rebasing shows nothing; the server will say so too. */
function apply(replica: Replica, board: Board, { number, command }: NumberedCommand): Board {
  const decision = decide(board, command, replica.author);
  return 'rejection' in decision ? board : withEvents(replica, board, number, decision.events);
}

/** Nobody knows yet when the server will have recorded them: they have the time of what is there. */
const withEvents = ({ author }: Replica, board: Board, number: number, events: readonly BoardEvent[]): Board =>
  fold(board, record(board, author.client, number, events, board.at));
