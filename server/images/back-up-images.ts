import type { ImageId } from '../../shared/ids.ts';
import { imageFiles, imagesIn } from './image-files.ts';
import { imagesFolder, type ImagesVerdict } from './verify-images.ts';

/** Copies the images of a data folder to another folder, which is made where there are any; what it has stays. */
export async function backUpImages(dataFolder: string, to: string): Promise<ImagesVerdict> {
  const from = imagesFolder(dataFolder);
  const [source, copy] = [imageFiles(from), imageFiles(to)];
  const ids = await imagesIn(from);
  const damaged: ImageId[] = [];
  for (const id of ids) {
    const bytes = await source.get(id);
    if (bytes) await copy.put(bytes);
    else damaged.push(id);
  }
  return { images: ids.length, damaged };
}
