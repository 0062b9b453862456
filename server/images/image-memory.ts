import type { ImageId } from '../../shared/ids.ts';
import { imageIdOf } from './image-hash.ts';
import type { ImageStore } from './image-store.ts';

/** Images that end with the process: beside a log that does, and for tests. */
export function imageMemory(): ImageStore {
  const images = new Map<ImageId, Uint8Array>();
  return {
    async put(bytes) {
      const copy = bytes.slice();
      const id = await imageIdOf(copy);
      images.set(id, copy);
      return id;
    },
    async get(id) {
      return images.get(id)?.slice() ?? null;
    },
  };
}
