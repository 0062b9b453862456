import { join } from 'node:path';
import type { ImageId } from '../../shared/ids.ts';
import { imageFiles, imagesIn } from './image-files.ts';

export interface ImagesVerdict {
  /** How many there are. */
  readonly images: number;
  /** Those that are not what was sent. */
  readonly damaged: readonly ImageId[];
}

export const NO_IMAGES: ImagesVerdict = { images: 0, damaged: [] };

/** The folder of a data folder that has its images. */
export const imagesFolder = (dataFolder: string): string => join(dataFolder, 'images');

/** Reads every image of a data folder, whether a server is running on it or not. */
export async function verifyImages(dataFolder: string): Promise<ImagesVerdict> {
  const folder = imagesFolder(dataFolder);
  const store = imageFiles(folder);
  const ids = await imagesIn(folder);
  const damaged: ImageId[] = [];
  for (const id of ids) if (!(await store.get(id))) damaged.push(id);
  return { images: ids.length, damaged };
}
