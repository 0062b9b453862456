import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../../shared/board.ts';
import { packSnapshot } from '../../shared/wire/board-codec.ts';
import { unpackCommits } from '../../shared/wire/codec.ts';
import { SNAPSHOT_VERSION } from './snapshot-format.ts';

const recordings = ['session', 'every-event', 'leaning'];

/** Of the snapshots of frozen recordings, for each version. A line of a released version never changes. */
const fingerprints: Readonly<Record<number, string>> = {
  4: 'db47daa4ca497eae',
};

test('[J10] another board of the same events, or another packing of it, is another version', () => {
  const hash = createHash('sha256');
  for (const name of recordings) {
    const recording = readFileSync(new URL(`../../shared/fixtures/v1/${name}.commits`, import.meta.url));
    const events = unpackCommits(recording).flatMap((commit) => commit.events);
    for (const frame of packSnapshot(fold(emptyBoard, events))) hash.update(frame);
  }
  expect(
    { [SNAPSHOT_VERSION]: hash.digest('hex').slice(0, 16) },
    'Snapshots that are stored hold something else than this version makes of the same events: raise SNAPSHOT_VERSION.',
  ).toEqual({ [SNAPSHOT_VERSION]: fingerprints[SNAPSHOT_VERSION] });
});
