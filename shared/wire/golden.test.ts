// Recordings of every released version, and the boards that they folded to then. They fold to the same boards for ever.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Board, emptyBoard, evolve, fold } from '../board.ts';
import { boardDifference } from '../same-board.ts';
import { boardFromSnapshot, type SnapshotBegan, type SnapshotPart } from './board-codec.ts';
import { packCommit, unpackCommits } from './codec.ts';
import { jsonObject } from './field.ts';
import { rowFromJson, rowOfJson } from './rows.ts';
import { serverRows } from './server-rows.ts';
import { PROTOCOL_VERSION } from './version.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const versions = readdirSync(fixtures).filter((name) => /^v\d+$/.test(name));

test('[W15] every version up to this one has a frozen recording', () => {
  expect(versions.sort()).toEqual(Array.from({ length: PROTOCOL_VERSION }, (_, i) => `v${i + 1}`).sort());
});

describe.each(versions)('[W15] the recording of %s', (version) => {
  const bytes = Uint8Array.from(readFileSync(new URL(`${version}/session.commits`, fixtures)));
  const json = JSON.parse(readFileSync(new URL(`${version}/session.board.json`, fixtures), 'utf8')) as unknown[];
  const commits = unpackCommits(bytes);
  const events = commits.flatMap((commit) => commit.events);

  test('folds to the board of then, in one go and one by one', () => {
    const board = boardOf(json);
    expect(board.shapes.size).toBeGreaterThan(10);
    expect(boardDifference(fold(emptyBoard, events), board)).toBeNull();
    expect(boardDifference(events.reduce(evolve, emptyBoard), board)).toBeNull();
  });

  test('has every kind of event', () => {
    expect(new Set(events.map(({ event }) => event.type)).size).toBeGreaterThanOrEqual(9);
  });
});

test('[W15] what this version packs are the bytes that it froze', () => {
  const bytes = Uint8Array.from(readFileSync(new URL(`v${PROTOCOL_VERSION}/session.commits`, fixtures)));
  expect(Buffer.concat(unpackCommits(bytes).map(packCommit)).equals(bytes)).toBe(true);
});

function boardOf(json: readonly unknown[]): Board {
  const [began, ...parts] = json.map((message) => {
    const object = jsonObject(message, 'message');
    return rowFromJson(rowOfJson(serverRows, object, 'message'), object);
  });
  return boardFromSnapshot(began as SnapshotBegan, parts as SnapshotPart[]);
}
