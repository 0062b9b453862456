import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../thread.ts';
import { type Answer, AskingMailbox } from './mailbox.ts';
import type { WriterThreadData } from './thread.ts';

/** The writer's thread ended though nobody closed it. What it was writing is in the log, or is not. */
export class WriterLost extends Error {
  override readonly name = 'WriterLost';
}

/** The thread that owns the database, seen from the main one. */
export class WriterThread {
  readonly #thread: Worker;
  readonly #mailbox: AskingMailbox;
  #lost: WriterLost | null = null;
  #onLost: (lost: WriterLost) => void = () => {};

  /** Resolves when the thread has opened the database. */
  static start(data: Omit<WriterThreadData, 'memory'>, startWorker = startThread): Promise<WriterThread> {
    const mailbox = new AskingMailbox();
    const workerData: WriterThreadData = { ...data, memory: mailbox.memory };
    const thread = startWorker(new URL('./thread.ts', import.meta.url), { workerData });
    const writer = new WriterThread(thread, mailbox);
    return new Promise((resolve, reject) => {
      writer.#onLost = reject;
      thread.once('message', () => resolve(writer));
    });
  }

  private constructor(thread: Worker, mailbox: AskingMailbox) {
    this.#thread = thread;
    this.#mailbox = mailbox;
    let cause: unknown;
    thread.on('error', (error) => (cause = error));
    thread.on('exit', (code) => {
      const reason = cause instanceof Error ? cause.message : `code ${code}`;
      this.#lost = new WriterLost(`The log's writer ended: ${reason}`, { cause });
      this.#onLost(this.#lost);
    });
  }

  get isLost(): boolean {
    return this.#lost !== null;
  }

  /**
   * One batch at a time.
   * @throws WriterLost when the thread ends without an answer; it has ended then
   */
  write(records: readonly Buffer[]): Promise<Answer> {
    if (this.#lost) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#onLost = reject;
      this.#mailbox.send(this.#thread, records).then(resolve, reject);
    });
  }

  /** Closes the database, between batches. */
  async close(): Promise<void> {
    if (this.#lost) return;
    this.#onLost = () => {};
    const exit = once(this.#thread, 'exit');
    this.#mailbox.sendClosing();
    await exit;
  }
}
