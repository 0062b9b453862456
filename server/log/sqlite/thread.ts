// The first file of the writer's thread: it opens the database, says so, and then answers batches until told to close.
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { decodeAppends } from './append-record.ts';
import { AnsweringMailbox } from './mailbox.ts';
import { connectToWrite, type Synchronous } from './connection.ts';
import { Place } from './place.ts';
import { reserveWal } from './reserve-wal.ts';
import { SqliteWriter } from './writer.ts';

export interface WriterThreadData {
  readonly file: string;
  readonly synchronous: Synchronous;
  readonly memory: SharedArrayBuffer;
}

if (parentPort) answerBatches(parentPort, workerData as WriterThreadData);

function answerBatches(port: MessagePort, { file, synchronous, memory }: WriterThreadData): void {
  const mailbox = new AnsweringMailbox(memory, port);
  const connect = (): Database => {
    const database = connectToWrite(file, synchronous, true);
    reserveWal(database);
    return database;
  };
  const writer = new SqliteWriter(connect, new Place(file));
  port.postMessage('Ready');
  for (let request = mailbox.receive(); request !== 'Closing'; request = mailbox.receive()) {
    mailbox.answer(writer.write(decodeAppends(request.records, request.count)));
  }
  writer.close();
}
