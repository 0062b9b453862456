import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commitOf, strokeEnded, strokeExtended } from '../testing/commits.ts';
import { seededRandom } from '../testing/random.ts';
import { anyRun } from '../testing/arbitraries.ts';
import { generateSession } from '../testing/session-generator.ts';
import type { Commit } from '../event.ts';
import type { Samples } from '../samples.ts';
import { packCommit, unpackCommits } from './codec.ts';
import { type StoredBytes, packSegment, unpackSegment, unpackSegmentCommits } from './segment-codec.ts';
import { WireError } from './wire-error.ts';

const stored = (commit: Commit): StoredBytes => ({
  after: commit.after,
  last: commit.after + commit.events.length,
  at: commit.at,
  bytes: packCommit(commit),
});
const COLUMNS = 1;

test.each([1, 3, 10])('[L29] a session of %i people comes back to the byte, and in columns', (authors) => {
  const session = generateSession({ seed: 11 + authors, authors, events: 3000 });
  const commits = session.map(stored);
  // Also a run from the middle of strokes.
  for (const run of [commits, commits.slice(57), commits.slice(100, 101)]) {
    const content = packSegment(run);
    expect(content[0]).toBe(COLUMNS);
    expect(unpackSegment(content)).toEqual(run);
    expect(unpackSegmentCommits(content)).toEqual(run.flatMap(({ bytes }) => unpackCommits(bytes)));
  }
});

test('[L29] the frozen recording of version 1 comes back to the byte', () => {
  const recording = readFileSync(new URL('../fixtures/v1/session.commits', import.meta.url));
  const commits = unpackCommits(new Uint8Array(recording)).map(stored);
  expect(unpackSegment(packSegment(commits))).toEqual(commits);
});

test('[L29] any runs of samples, of any authors, come back to the byte', () => {
  const anyEvents = fc.array(
    fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.oneof(
        anyRun.map(({ samples }) => strokeExtended(samples)),
        fc.constant(strokeEnded),
      ),
    ),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(fc.array(anyEvents, { minLength: 1, maxLength: 20 }), fc.boolean(), (events, settled) => {
      let after = 7;
      const commits = events.map((some) => {
        const plain = commitOf(after, 1_700_000_000_000 + after * 3, ...some);
        after += some.length;
        return stored(settled ? { ...plain, events: plain.events.map((one) => ({ ...one, settles: 1 })) } : plain);
      });
      expect(unpackSegment(packSegment(commits))).toEqual(commits);
    }),
    { seed: 29, numRuns: 300 },
  );
});

test('[L29] commits that no codec of ours wrote are kept as they are', () => {
  const random = seededRandom(5);
  const bytes = (size: number) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256));
  const odd = packCommit(commitOf(3, 1e12, [1, strokeExtended(Uint8Array.of(0x80, 0, 2, 2, 2) as Samples)]));
  const runs: StoredBytes[][] = [
    [{ after: 0, last: 3, at: 5, bytes: bytes(40) }, { after: 3, last: 4, at: 4e12, bytes: bytes(0) }], // prettier-ignore
    [{ after: 3, last: 4, at: 1e12, bytes: odd }],
    [{ after: 3, last: 4, at: 1e12 + 1, bytes: packCommit(commitOf(3, 1e12, [1, strokeEnded])) }],
    [{ after: 4, last: 5, at: 1e12, bytes: packCommit(commitOf(3, 1e12, [1, strokeEnded])) }],
  ];
  for (const run of runs) {
    const content = packSegment(run);
    expect(content[0]).not.toBe(COLUMNS);
    expect(unpackSegment(content)).toEqual(run);
  }
});

test('[L29] a spoilt segment is refused or is a run of commits; nothing else happens', () => {
  const content = packSegment(generateSession({ seed: 3, authors: 3, events: 300 }).map(stored));
  const random = seededRandom(1);
  let refused = 0;
  for (let round = 0; round < 3000; round++) {
    const spoilt = content.slice(0, random() < 0.2 ? Math.floor(random() * content.length) : undefined);
    for (let flips = 0; flips < 3 && spoilt.length > 0; flips++) {
      spoilt[Math.floor(random() * spoilt.length)] = Math.floor(random() * 256);
    }
    try {
      expect(unpackSegmentCommits(spoilt)).toBeInstanceOf(Array);
    } catch (error) {
      expect(error).toBeInstanceOf(WireError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(100);
});
