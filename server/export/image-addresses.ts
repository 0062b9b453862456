import type { ImageAddresses } from '../../shared/export/format.ts';
import type { ImageId } from '../../shared/ids.ts';
import { imageHeader } from '../../shared/image-file.ts';
import type { ImageStore } from '../images/image-store.ts';

/** Bytes of all images of one export: what is beyond shows as its field. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The images that are there, each with its file as a `data:` address. */
export async function imageAddresses(store: ImageStore, ids: readonly ImageId[]): Promise<ImageAddresses> {
  const addresses = new Map<ImageId, string>();
  let bytes = 0;
  for (const id of ids) {
    const file = await store.get(id);
    const header = file && imageHeader(file);
    if (!header || bytes + file.length > MAX_BYTES) continue;
    bytes += file.length;
    addresses.set(id, `data:${header.mediaType};base64,${Buffer.from(file).toString('base64')}`);
  }
  return addresses;
}
