// What was frozen of every released version. Recordings fold to the boards of then for ever. Messages and snapshots are
// read only by the version that made them: those of the present one are held to the bytes.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emptyBoard, evolve, fold } from '../board.ts';
import type { BoardEvent } from '../event.ts';
import { settingKeys, type Settings } from '../settings.ts';
import { kinds } from '../shapes/kinds.ts';
import { everyEvent } from '../testing/every-event.ts';
import { plainBoard } from '../testing/plain-board.ts';
import { plainMessage } from '../testing/plain-message.ts';
import { finished } from '../steps.ts';
import { unpackingSnapshot } from './board-codec.ts';
import { clientRows } from './client-rows.ts';
import {
  packClientMessage,
  packCommit,
  packServerMessage,
  unpackClientMessages,
  unpackCommits,
  unpackServerMessages,
} from './codec.ts';
import { commandRows } from './command-rows.ts';
import { eventRows } from './event-rows.ts';
import { serverRows } from './server-rows.ts';
import { PROTOCOL_VERSION } from './version.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const versions = readdirSync(fixtures).filter((name) => /^v\d+$/.test(name));
const recordings = ['session', 'every-event', 'leaning'];

const fileOf = (version: string, name: string) => readFileSync(new URL(`${version}/${name}`, fixtures));
const bytesOf = (version: string, name: string): Uint8Array => Uint8Array.from(fileOf(version, name));
const linesOf = (version: string, name: string): unknown[] =>
  fileOf(version, name)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('[W15] every version up to this one has frozen recordings', () => {
  expect(versions.sort()).toEqual(Array.from({ length: PROTOCOL_VERSION }, (_, i) => `v${i + 1}`).sort());
});

describe.each(versions.flatMap((version) => recordings.map((name) => [version, name] as const)))(
  '[W15] of %s, the recording %s',
  (version, name) => {
    const events = unpackCommits(bytesOf(version, `${name}.commits`)).flatMap((commit) => commit.events);
    const [board] = linesOf(version, `${name}.board.json`) as { shapes: object[] }[];

    test('folds to the board of then, in one go and one by one', () => {
      expect(board?.shapes.length).toBeGreaterThan(10);
      // Later versions may know more of a board.
      expect(plainBoard(fold(emptyBoard, events))).toMatchObject(board as object);
      expect(plainBoard(events.reduce(evolve, emptyBoard))).toMatchObject(board as object);
    });

    test('has no event that this version does not know', () => {
      expect(events.filter(({ event }) => event.type === 'Unknown')).toEqual([]);
    });
  },
);

const present = `v${PROTOCOL_VERSION}`;

describe('[W15] what this version packs are the bytes that it froze', () => {
  test.each(recordings)('commits of %s', (name) => {
    const bytes = bytesOf(present, `${name}.commits`);
    expect(Buffer.concat(unpackCommits(bytes).map(packCommit)).equals(bytes)).toBe(true);
  });

  test('messages of clients', () => {
    const bytes = bytesOf(present, 'client.messages');
    const messages = unpackClientMessages(bytes);
    expect(messages.map(plainMessage)).toEqual(linesOf(present, 'client.messages.json'));
    expect(Buffer.concat(messages.map(packClientMessage)).equals(bytes)).toBe(true);
    const types = messages.map((message) => (message.type === 'Command' ? message.command.type : message.type));
    expect(new Set(types)).toEqual(new Set([...Object.keys(clientRows.byType), ...Object.keys(commandRows.byType)]));
  });

  test('messages of the server', () => {
    const bytes = bytesOf(present, 'server.messages');
    const messages = unpackServerMessages(bytes);
    expect(messages.map(plainMessage)).toEqual(linesOf(present, 'server.messages.json'));
    expect(Buffer.concat(messages.map(packServerMessage)).equals(bytes)).toBe(true);
    expect(new Set(messages.map(({ type }) => type))).toEqual(
      new Set(Object.keys(serverRows.byType).filter((type) => type !== 'SnapshotPart')),
    );
  });
});

// Not held to the bytes: who packs may find a shorter form that the same readers understand.
test.each(recordings)('[W15] the snapshot of %s is the board', (name) => {
  const [board] = linesOf(present, `${name}.board.json`);
  expect(plainBoard(finished(unpackingSnapshot([bytesOf(present, `${name}.snapshot`)])))).toEqual(board);
});

describe('[W15] the recording every-event has', () => {
  const recorded = everyEvent().flatMap(({ events }) => events);
  const events = recorded.map(({ event }) => event as BoardEvent);

  test('every event, with every field present and, where it may be, absent', () => {
    for (const { type, parts } of Object.values(eventRows.byType)) {
      const those = events.filter((event) => event.type === type);
      for (const { key, field } of parts) {
        const there = those.map((event) => key in event);
        const both = field.form.endsWith('may be absent') ? [false, true] : [true];
        expect([...new Set(there)].sort(), `${type}.${key}`).toEqual(both);
      }
      expect(those.length, type).toBeGreaterThan(0);
    }
    expect(new Set(recorded.map(({ settles }) => settles))).toEqual(new Set([0, 1, 300, 2 ** 20]));
  });

  test('every kind of shape, every setting, and every word that a field can be', () => {
    const valuesOf = (key: string): unknown[] => events.flatMap((event) => (key in event ? [event[key as never]] : []));
    expect(new Set(valuesOf('kind'))).toEqual(new Set(Object.keys(kinds)));
    expect(new Set(valuesOf('pointer'))).toEqual(new Set(['mouse', 'pen', 'touch']));
    expect(new Set(valuesOf('step'))).toEqual(new Set(['do', 'undo', 'redo']));
    expect(new Set(valuesOf('access'))).toEqual(new Set(['private', 'view', 'edit']));
    const settings = valuesOf('settings').flat() as Settings[];
    const form = eventRows.byType.ShapePlaced.parts.find(({ key }) => key === 'settings')?.field.form ?? '';
    const keys = [...form.matchAll(/(?:\{|; )\d+ (\w+):/g)].map((match) => match[1]);
    expect(new Set(settings.flatMap(settingKeys))).toEqual(new Set(keys));
  });

  test('what was frozen', () => {
    expect(Buffer.concat(everyEvent().map(packCommit)).equals(bytesOf(present, 'every-event.commits'))).toBe(true);
  });
});
