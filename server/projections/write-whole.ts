import { open, rename, rm } from 'node:fs/promises';

/** No fsync: a file that a power cut leaves half-written does not match its seal, and is as good as none. */
export async function writeWhole(file: string, pieces: Uint8Array[]): Promise<void> {
  const unfinished = `${file}.new`;
  try {
    const handle = await open(unfinished, 'w');
    try {
      const expected = pieces.reduce((sum, piece) => sum + piece.length, 0);
      const { bytesWritten } = await handle.writev(pieces);
      if (bytesWritten !== expected) throw new Error(`Only ${bytesWritten} of ${expected} bytes could be written.`);
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}
