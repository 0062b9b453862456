import { join } from 'node:path';
import type { Config } from './config.ts';
import { imageFiles } from './images/image-files.ts';
import { imageMemory } from './images/image-memory.ts';
import type { ImageStore } from './images/image-store.ts';
import { imagesFolder } from './images/verify-images.ts';
import { milestoneFiles } from './projections/milestone-files.ts';
import type { MilestoneStore } from './projections/milestone-store.ts';
import { snapshotFiles } from './projections/snapshot-files.ts';
import { snapshotMemory } from './projections/snapshot-memory.ts';
import type { SnapshotStore } from './projections/snapshot-store.ts';
import { trackFiles } from './tracks/track-files.ts';
import { trackMemory } from './tracks/track-memory.ts';
import type { TrackStore } from './tracks/track-store.ts';

/** What is kept beside the log. */
export interface Stores {
  readonly snapshots: SnapshotStore;
  /** Null where nothing lasts: what is folded once is in memory anyway. */
  readonly milestones: MilestoneStore | null;
  readonly images: ImageStore;
  /** Null where it is not to be kept what hands did. */
  readonly tracks: TrackStore | null;
}

/** In the data folder; beside a log that ends with the process, all of it does. */
export function storesBeside({ dataFolder, tracks }: Config, isLasting: boolean): Stores {
  return isLasting
    ? {
        snapshots: snapshotFiles(join(dataFolder, 'snapshots')),
        milestones: milestoneFiles(join(dataFolder, 'snapshots')),
        images: imageFiles(imagesFolder(dataFolder)),
        tracks: tracks ? trackFiles(join(dataFolder, 'tracks')) : null,
      }
    : { snapshots: snapshotMemory(), milestones: null, images: imageMemory(), tracks: tracks ? trackMemory() : null };
}
