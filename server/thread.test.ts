import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { startThread } from './thread.ts';

async function withThreadFile(source: string, story: (entry: URL) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'retrace-thread-'));
  try {
    const file = join(folder, 'entry.ts');
    await writeFile(file, source);
    await story(pathToFileURL(file));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a thread runs TypeScript, is given its data, and hears what was posted before it listened', async () => {
  const source = `
    import { parentPort, workerData } from 'node:worker_threads';
    const factor: number = workerData.factor;
    parentPort!.on('message', (n: number) => parentPort!.postMessage(n * factor));
  `;
  await withThreadFile(source, async (entry) => {
    const thread = startThread(entry, { workerData: { factor: 3 } });
    thread.postMessage(14);
    const [answer] = await once(thread, 'message');
    await thread.terminate();
    expect(answer).toBe(42);
  });
});

test('a thread whose file fails says so', async () => {
  await withThreadFile(`throw new Error('no such disk' as string);`, async (entry) => {
    const [error] = await once(startThread(entry), 'error');
    expect((error as Error).message).toBe('no such disk');
  });
});
