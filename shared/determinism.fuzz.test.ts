import { expect, test } from 'vitest';
import { emptyBoard, fold } from './board.ts';
import { History } from './history.ts';
import { sameBoard } from './testing/same-board.ts';
import { seededRandom, wholeBetween } from './testing/random.ts';
import { generateSession } from './testing/session-generator.ts';
import { packSnapshot, unpackSnapshot } from './wire/board-codec.ts';
import { packCommit, unpackCommits } from './wire/codec.ts';

const BOARDS = Number(process.env['RETRACE_FUZZ_BOARDS'] ?? 200);

/** All bytes, one behind the other. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (out.set(part, at), at + part.length), 0);
  return out;
}

test(`[F1] [T2] [T3] ${BOARDS} random boards are the same live, from the log, sought, and from a snapshot and its tail`, () => {
  for (let seed = 1; seed <= BOARDS; seed++) {
    const random = seededRandom(seed);
    const commits = generateSession({
      seed,
      authors: wholeBetween(random, 1, 5),
      events: wholeBetween(random, 20, 250),
    });
    const live = commits.reduce((board, commit) => fold(board, commit.events), emptyBoard);
    const stored = unpackCommits(joined(commits.map(packCommit)));
    const events = stored.flatMap((commit) => commit.events);
    expect(sameBoard(fold(emptyBoard, events), live), `seed ${seed}: from the log`).toBe(true);

    const history = new History();
    for (let at = 0; at < stored.length;) history.append(stored.slice(at, (at += wholeBetween(random, 1, 40))));
    for (let i = 0; i < 5; i++) {
      const revision = wholeBetween(random, 0, live.revision);
      const expected = fold(emptyBoard, events.slice(0, revision));
      expect(sameBoard(history.boardAt(revision), expected), `seed ${seed}: sought ${revision}`).toBe(true);
      const snapshot = unpackSnapshot(joined(packSnapshot(expected)));
      const whole = fold(snapshot, events.slice(revision));
      expect(sameBoard(whole, live), `seed ${seed}: from a snapshot at ${revision}`).toBe(true);
    }
  }
});
