// Writes what is frozen of the present version, once, when that version is made:
//   node --import ./server/launch/typescript.mjs shared/testing/freeze-fixture.ts
// What was released is never written again: `golden.test.ts` reads it for ever. See shared/fixtures/README.md.

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { emptyBoard, fold } from '../board.ts';
import type { Commit } from '../event.ts';
import { packSnapshot } from '../wire/board-codec.ts';
import { packClientMessage, packCommit, packServerMessage } from '../wire/codec.ts';
import { schema } from './schema.ts';
import { PROTOCOL_VERSION } from '../wire/version.ts';
import { everyEvent } from './every-event.ts';
import { leaning } from './leaning.ts';
import { plainBoard } from './plain-board.ts';
import { plainMessage } from './plain-message.ts';
import { generateSession } from './session-generator.ts';
import { anyClientMessage, anyPlainServerMessage } from './wire-arbitraries.ts';

const folder = new URL(`../fixtures/v${PROTOCOL_VERSION}/`, import.meta.url);
if (existsSync(folder)) throw new Error(`${folder.pathname} is frozen.`);
mkdirSync(folder, { recursive: true });

const write = (name: string, content: Uint8Array | string): void => writeFileSync(new URL(name, folder), content);
const writeBoard = (name: string, commits: readonly Commit[]): void => {
  const board = fold(
    emptyBoard,
    commits.flatMap(({ events }) => events),
  );
  write(`${name}.commits`, Buffer.concat(commits.map(packCommit)));
  write(`${name}.board.json`, `${JSON.stringify(plainBoard(board))}\n`);
  write(`${name}.snapshot`, Buffer.concat(packSnapshot(board)));
};
const writeMessages = <T extends Parameters<typeof plainMessage>[0]>(
  name: string,
  messages: readonly T[],
  pack: (message: T) => Uint8Array,
): void => {
  write(`${name}.messages`, Buffer.concat(messages.map(pack)));
  write(`${name}.messages.json`, `${messages.map((message) => JSON.stringify(plainMessage(message))).join('\n')}\n`);
};

write('schema.txt', `${schema().join('\n')}\n`);
writeBoard('session', generateSession({ seed: 2026, authors: 4, events: 3000 }));
writeBoard('every-event', everyEvent());
writeBoard('leaning', leaning());
const many = { seed: 1, numRuns: 300 };
writeMessages('client', fc.sample(anyClientMessage, many), packClientMessage);
const fromServer = fc.sample(anyPlainServerMessage, many).filter(({ type }) => type !== 'SnapshotPart');
writeMessages('server', fromServer, packServerMessage);
