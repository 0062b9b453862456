// The first file of the sealer's thread: it seals what is old, rests, and looks again, until told to close.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { setTimeout as wait } from 'node:timers/promises';
import { advice } from '../advice.ts';
import { connectToWrite } from '../connection.ts';
import { Sealer, type SealerOptions } from './sealer.ts';

export interface SealerThreadData {
  readonly file: string;
  readonly options: SealerOptions;
  /** Between two looks, in ms. */
  readonly every: number;
}

/** After each transaction, in ms: most of the time the disk is the writer's. */
const rest = 3;

if (parentPort) void sealUntilClosed(parentPort, workerData as SealerThreadData);

async function sealUntilClosed(port: MessagePort, { file, options, every }: SealerThreadData): Promise<void> {
  // Nothing is lost where a power cut takes the last of it back: the commits are there then, as they were.
  const database = connectToWrite(file, 'NORMAL', true);
  const closing = new AbortController();
  port.once('message', () => closing.abort());
  const pause = (ms: number) => wait(ms, undefined, { signal: closing.signal }).catch(() => 'closing');
  const sealer = new Sealer(database, options);
  for (; !closing.signal.aborted; await pause(every)) {
    try {
      for (const _ of sealer.seal()) {
        await pause(rest);
        if (closing.signal.aborted) break;
      }
    } catch (error) {
      // A full or busy disk passes; what is live stays so until the next look.
      port.postMessage(advice(error));
    }
  }
  database.close();
}
