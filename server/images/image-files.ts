import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type ImageId, isImageId } from '../../shared/ids.ts';
import { imageIdOf } from './image-hash.ts';
import type { ImageStore } from './image-store.ts';

/** Images as files below a folder, which is made with the first one. */
export const imageFiles = (folder: string): ImageStore => ({
  async put(bytes) {
    const id = await imageIdOf(bytes);
    const file = fileOf(folder, id);
    if (!(await isWhole(file, id))) await writeDurably(file, bytes);
    return id;
  },
  async get(id) {
    const bytes = await readIfThere(fileOf(folder, id));
    return bytes && (await imageIdOf(bytes)) === id ? bytes : null;
  },
});

/** The ids of all files that are there; whether they are whole is for `get` to say. */
export async function imagesIn(folder: string): Promise<ImageId[]> {
  const files = await readdir(folder, { recursive: true }).catch(whereThere<string[]>([]));
  return files.map((file) => file.slice(file.lastIndexOf('/') + 1)).filter(isImageId);
}

/** Thousands of files in one folder are slow to handle in some file systems: the first letters of the id part them. */
function fileOf(folder: string, id: ImageId): string {
  if (!isImageId(id)) throw new RangeError(`Not an image's id: ${JSON.stringify(id)}`);
  return join(folder, id.slice(0, 2), id);
}

const isWhole = async (file: string, id: ImageId): Promise<boolean> => {
  const bytes = await readIfThere(file);
  return bytes !== null && (await imageIdOf(bytes)) === id;
};

const readIfThere = (file: string): Promise<Uint8Array | null> => readFile(file).catch(whereThere<Buffer | null>(null));

const whereThere =
  <T>(otherwise: T) =>
  (error: NodeJS.ErrnoException): T => {
    if (error.code === 'ENOENT') return otherwise;
    throw error;
  };

/** On the disk under its name, or not at all: an event that names it may be a moment away. */
async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    const handle = await open(unfinished, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, file);
    for (const made of [folder, dirname(folder)]) await syncFolder(made);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}

/** A file's name is its folder's to keep. Windows has no such call, and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
