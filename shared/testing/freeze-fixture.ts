// Writes the golden recording of the present version, once, when that version is made:
//   node --import ./server/launch/typescript.mjs shared/testing/freeze-fixture.ts
// What was released is never written again: `golden.test.ts` reads it for ever.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { emptyBoard, fold } from '../board.ts';
import type { Commit } from '../event.ts';
import { decide } from '../decide.ts';
import { record } from '../record.ts';
import { packCommit } from '../wire/codec.ts';
import { PROTOCOL_VERSION } from '../wire/version.ts';
import { plainBoard } from './plain-board.ts';
import { generateSession } from './session-generator.ts';

const folder = new URL(`../fixtures/v${PROTOCOL_VERSION}/`, import.meta.url);
const file = new URL('session.commits', folder);
if (existsSync(file)) throw new Error(`${file.pathname} is frozen.`);

const commits: Commit[] = generateSession({ seed: 2026, authors: 4, events: 3000 });
const foldAll = () =>
  fold(
    emptyBoard,
    commits.flatMap((commit) => commit.events),
  );

/** What the generator's people never do. */
for (const command of [
  { type: 'RenameBoard', title: 'Straße, 図, 🖍' },
  { type: 'ChangeAuthor', name: 'Zoë', color: '#12ab00' },
] as const) {
  const board = foldAll();
  const author = board.authors[0];
  if (!author) throw new Error('Nobody has drawn.');
  const decision = decide(board, command, { ...author, role: 'editor' });
  if ('rejection' in decision) throw new Error(decision.rejection.message);
  const at = board.at + 1000;
  const events = record(board, author.client, author.settled + 3, decision.events, at);
  commits.push({ after: board.revision, at, events });
}

mkdirSync(folder, { recursive: true });
writeFileSync(file, Buffer.concat(commits.map(packCommit)));
writeFileSync(new URL('session.board.json', folder), `${JSON.stringify(plainBoard(foldAll()))}\n`);
