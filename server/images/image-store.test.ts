import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { imageFiles, imagesIn } from './image-files.ts';
import { imageMemory } from './image-memory.ts';
import { testImageStore } from './image-store-contract.ts';

testImageStore('images in memory', async () => ({ store: imageMemory(), end: async () => {} }));

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'retrace-images-'));

testImageStore('images as files', async () => {
  const folder = join(await newFolder(), 'images');
  return {
    store: imageFiles(folder),
    reopen: () => imageFiles(folder),
    end: () => rm(join(folder, '..'), { recursive: true }),
  };
});

const bytes = new Uint8Array(2000).fill(7);

test('[I3] a file that is not what its name says is none, and is written anew when it comes again', async () => {
  const folder = await newFolder();
  const store = imageFiles(folder);
  const id = await store.put(bytes);
  await writeFile(join(folder, id.slice(0, 2), id), bytes.subarray(0, 1000));
  expect(await store.get(id)).toBeNull();
  expect(await store.put(bytes)).toBe(id);
  expect(await store.get(id)).toHaveLength(2000);
  expect(await imagesIn(folder)).toEqual([id]);
  await rm(folder, { recursive: true });
});

test('[I3] what cannot be kept is an error, and leaves nothing', async () => {
  const folder = await newFolder();
  const id = await imageFiles(join(folder, 'other')).put(bytes);
  // A file where its folder would be.
  await mkdir(join(folder, 'images'));
  await writeFile(join(folder, 'images', id.slice(0, 2)), '');
  await expect(imageFiles(join(folder, 'images')).put(bytes)).rejects.toThrow();
  expect(await readdir(join(folder, 'images'))).toEqual([id.slice(0, 2)]);
  expect(await imagesIn(join(folder, 'nowhere'))).toEqual([]);
  await rm(folder, { recursive: true });
});
