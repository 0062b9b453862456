import { Worker, type TransferListItem } from 'node:worker_threads';

interface ThreadOptions {
  workerData?: unknown;
  transferList?: TransferListItem[];
}

/** A worker thread that runs a TypeScript file: `startThread(new URL('./writer.ts', import.meta.url))`. */
export function startThread(entry: URL, options: ThreadOptions = {}): Worker {
  return new Worker(new URL('./launch/thread.mjs', import.meta.url), { ...options, argv: [entry.href] });
}
