// README.md promises that its conversation is what a server says. Here it is one.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, fold } from '../board.ts';
import { type CommandAuthor, decide } from '../decide.ts';
import { clientId, type Epoch, participantOf, type ParticipantId } from '../ids.ts';
import { record, recordCreation } from '../record.ts';
import { snapshotOf } from './board-codec.ts';
import { clientRows } from './client-rows.ts';
import { commandRows } from './command-rows.ts';
import { eventRows } from './event-rows.ts';
import { commitToJson, readClientJson, serverMessageToJson } from './json.ts';
import { penOf } from './json-command.ts';
import { type ClientMessage, closeReasons, type Hello } from './message.ts';
import type { Rows } from './rows.ts';
import { serverRows } from './server-rows.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

const blocks = [...readme.matchAll(/^```json (send|receive)\n(.*?)^```$/gms)].map(([, who, text = '']) => ({
  who,
  lines: text.trimEnd().split('\n'),
}));

const CREATED_AT = 1795271400000;
const TICK = 16;

/** A server of one client, as far as the wire goes. */
class Conversation {
  #board = fold(
    emptyBoard,
    recordCreation({ type: 'BoardCreated', title: 'Plans', access: 'edit' }, CREATED_AT).events,
  );
  #author: CommandAuthor | undefined;
  #pen = penOf(emptyBoard, '' as CommandAuthor['client']);
  #at = CREATED_AT + 60_000;

  answer(line: string): object[] {
    const { message, pen } = readClientJson(line, this.#pen);
    this.#pen = pen;
    this.#at += TICK;
    switch (message.type) {
      case 'Hello':
        return this.#join(message);
      case 'Command':
        return this.#take(message);
      case 'Pointing': {
        const changes = [{ connection: 1, cursor: message.cursor, past: message.past }];
        return [serverMessageToJson({ type: 'PresenceChanged', everyone: false, changes, left: [] })];
      }
      case 'Ping':
        return [serverMessageToJson({ type: 'Pong', at: this.#at })];
    }
  }

  #join({ secret = '', slot, name, color }: Hello): object[] {
    const participant = createHash('sha256').update(secret).digest('base64url').slice(0, 12) as ParticipantId;
    const client = clientId(participant, slot);
    const role = 'editor';
    this.#author = { client, name, color, role };
    this.#pen = penOf(this.#board, client);
    return [
      serverMessageToJson({
        type: 'Joined',
        epoch: 'kXq3ZrT9' as Epoch,
        participant: participantOf(client),
        client,
        connection: 1,
        role,
        at: this.#at,
        head: this.#board.revision,
        settled: 0,
      }),
      ...snapshotOf(this.#board).map(serverMessageToJson),
      serverMessageToJson({
        type: 'PresenceChanged',
        everyone: true,
        changes: [{ connection: 1, client, name, color, role, cursor: null, past: false }],
        left: [],
      }),
    ];
  }

  #take({ number, command }: ClientMessage & { type: 'Command' }): object[] {
    if (!this.#author) throw new Error('The first message must be Hello.');
    const decision = decide(this.#board, command, this.#author);
    const settled = serverMessageToJson({ type: 'Settled', through: number, at: this.#board.revision });
    if ('rejection' in decision) {
      return [serverMessageToJson({ type: 'Rejected', number, ...decision.rejection }), settled];
    }
    if (decision.events.length === 0) return [settled];
    const before: Board = this.#board;
    const events = record(before, this.#author.client, number, decision.events, this.#at);
    this.#board = fold(before, events);
    return [commitToJson(before, { after: before.revision, at: this.#at, events })];
  }
}

test('[W13] the conversation in the README is exact', () => {
  const conversation = new Conversation();
  let answers: string[] = [];
  expect(blocks.length).toBeGreaterThan(8);
  for (const { who, lines } of blocks) {
    if (who === 'send')
      answers = lines.flatMap((line) => conversation.answer(line)).map((json) => JSON.stringify(json));
    else expect(lines).toEqual(answers);
  }
});

describe('[W13] the tables in the README are those of the code', () => {
  const tables: readonly (readonly [string, Rows<never>])[] = [
    ['clients', clientRows],
    ['commands', commandRows],
    ['the server', serverRows],
    ['events', eventRows],
  ];

  test.each(tables)('messages of %s', (_, { byTag }) => {
    for (const row of byTag) {
      if (!row) continue;
      const elements = row.parts.map((part) => `${part.key}`).join(', ');
      expect(readme).toContain(`\n| ${row.tag} | ${row.type} | ${elements === '' ? '' : `${elements} `}|\n`);
    }
  });

  test('close codes', () => {
    for (const [reason, { code, retry, text }] of Object.entries(closeReasons)) {
      expect(readme).toContain(`\n| ${code} | ${reason} | ${retry ? 'yes' : 'no'} | ${text} |\n`);
    }
  });
});
