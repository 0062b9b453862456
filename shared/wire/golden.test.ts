// Recordings of every released version, and the boards that they folded to then. They fold to the same boards for ever.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { emptyBoard, evolve, fold } from '../board.ts';
import { plainBoard } from '../testing/plain-board.ts';
import { packCommit, unpackCommits } from './codec.ts';
import { PROTOCOL_VERSION } from './version.ts';

const fixtures = new URL('../fixtures/', import.meta.url);
const versions = readdirSync(fixtures).filter((name) => /^v\d+$/.test(name));

test('[W15] every version up to this one has a frozen recording', () => {
  expect(versions.sort()).toEqual(Array.from({ length: PROTOCOL_VERSION }, (_, i) => `v${i + 1}`).sort());
});

describe.each(versions)('[W15] the recording of %s', (version) => {
  const bytes = Uint8Array.from(readFileSync(new URL(`${version}/session.commits`, fixtures)));
  const json = JSON.parse(readFileSync(new URL(`${version}/session.board.json`, fixtures), 'utf8')) as {
    shapes: object[];
  };
  const commits = unpackCommits(bytes);
  const events = commits.flatMap((commit) => commit.events);

  test('folds to the board of then, in one go and one by one', () => {
    expect(json.shapes.length).toBeGreaterThan(10);
    // Later versions may know more of a board.
    expect(plainBoard(fold(emptyBoard, events))).toMatchObject(json);
    expect(plainBoard(events.reduce(evolve, emptyBoard))).toMatchObject(json);
  });

  test('has every kind of event', () => {
    expect(new Set(events.map(({ event }) => event.type)).size).toBeGreaterThanOrEqual(9);
  });
});

test('[W15] what this version packs are the bytes that it froze', () => {
  const bytes = Uint8Array.from(readFileSync(new URL(`v${PROTOCOL_VERSION}/session.commits`, fixtures)));
  expect(Buffer.concat(unpackCommits(bytes).map(packCommit)).equals(bytes)).toBe(true);
});
