import type { ImageId } from '../../shared/ids.ts';

/**
 * Where the files of images are kept, each under the hash of its bytes. Rules I1 and I3 of SPEC.md;
 * `image-store-contract.ts` tests an adapter against them.
 */
export interface ImageStore {
  /** Durable, and whole, when it resolves. @throws where nothing can be kept just now */
  put(bytes: Uint8Array): Promise<ImageId>;

  /** To the byte what was put; null where there is none, or what is there is not that any more. @throws */
  get(id: ImageId): Promise<Uint8Array | null>;
}
