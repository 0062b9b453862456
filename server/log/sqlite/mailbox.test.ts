import { MessageChannel, Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { AnsweringMailbox, AskingMailbox } from './mailbox.ts';

/** Both ends in this thread: the answering one sleeps only where nothing was asked. */
function bothEnds() {
  const { port1, port2 } = new MessageChannel();
  const asking = new AskingMailbox();
  return {
    asking,
    answering: new AnsweringMailbox(asking.memory, port2),
    port: port1,
    words: new Int32Array(asking.memory),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('requests and their answers go to and fro', async () => {
  const { asking, answering, port } = bothEnds();
  const first = asking.send(port, [Buffer.from('one'), Buffer.from('two')]);
  expect(answering.receive()).toEqual({ records: Buffer.from('onetwo'), count: 2 });
  answering.answer([null, 7]);
  expect(await first).toEqual([null, 7]);
  const second = asking.send(port, [Buffer.from('three')]);
  expect(answering.receive()).toEqual({ records: Buffer.from('three'), count: 1 });
  answering.answer({ reason: 'the disk is full — wholly' });
  expect(await second).toEqual({ reason: 'the disk is full — wholly' });
  asking.sendClosing();
  expect(answering.receive()).toBe('Closing');
  port.close();
});

test('what is too large for the shared memory goes by message', async () => {
  const { asking, answering, port } = bothEnds();
  const large = Buffer.alloc(3_000_000, 'large');
  const sent = asking.send(port, [large]);
  const request = answering.receive();
  expect(request !== 'Closing' && request.records.equals(large)).toBe(true);
  answering.answer([null]);
  expect(await sent).toEqual([null]);
  port.close();
});

test('a call to wake that comes late is not taken for an answer', async () => {
  const { asking, answering, port, words } = bothEnds();
  let answer: unknown;
  const sent = asking.send(port, [Buffer.from('one')]).then((value) => (answer = value));
  for (let late = 0; late < 3; late++) {
    await turn();
    Atomics.notify(words, 1);
  }
  await turn();
  expect(answer).toBeUndefined();
  answering.receive();
  answering.answer([null]);
  await sent;
  expect(answer).toEqual([null]);
  port.close();
});

test('a call to wake that comes late is not taken for a request', async () => {
  const { asking, answering, port, words } = bothEnds();
  // Wakes the sleeper below without a word, twice, and then asks it to close.
  const other = new Worker(
    `const { workerData: words } = require('node:worker_threads');
     const sleep = () => Atomics.wait(words, 3, 0, 20);
     for (let late = 0; late < 2; late++) { sleep(); Atomics.notify(words, 0); }
     sleep(); words[2] = -1; Atomics.add(words, 0, 1); Atomics.notify(words, 0);`,
    { eval: true, workerData: words },
  );
  expect(asking.memory).toBe(words.buffer);
  expect(answering.receive()).toBe('Closing');
  await other.terminate();
  port.close();
});
