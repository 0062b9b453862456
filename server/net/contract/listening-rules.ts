import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Socket } from '../listener.ts';
import { type Harness, text, until } from './harness.ts';

export function listeningRules(harness: Harness): void {
  test('[N11] a taken port is an error that names it', async () => {
    const port = await harness.start({});
    const second = harness.make();
    await expect(second.listen('127.0.0.1', port)).rejects.toThrow(
      new RegExp(`^Cannot listen on 127\\.0\\.0\\.1 port ${port}: another program is using it\\.`),
    );
  });

  test('[N11] an address that is not this machine is an error', async () => {
    const listener = harness.make();
    await expect(listener.listen('203.0.113.7', 0)).rejects.toThrow('no such address');
  });

  test('[N11] a server can follow another on its port at once, also where that was any free one', async () => {
    const accepting = { upgrade: () => ({ protocol: '', accept: () => ({ message() {}, drain() {}, closed() {} }) }) };
    const first = harness.make(accepting);
    const port = await first.listen('127.0.0.1', 0);
    const client = new WebSocket(`ws://127.0.0.1:${port}/`);
    await new Promise((resolve) => client.on('open', resolve).on('error', () => {}));
    const closed = new Promise((resolve) => client.on('close', resolve));
    first.close();
    await closed;
    expect(await harness.make(accepting).listen('127.0.0.1', port)).toBe(port);
  });

  test('[N12] stop takes no more connections and keeps the open ones; close ends them', async () => {
    const closed: number[] = [];
    let served: Socket | undefined;
    const listener = harness.make({
      http: () => text('here'),
      upgrade: () => ({
        protocol: '',
        accept: (socket) => {
          served = socket;
          return { message: (data) => void socket.send(data.slice()), drain() {}, closed: (c) => closed.push(c) };
        },
      }),
    });
    const port = await listener.listen('127.0.0.1', 0);
    const client = new WebSocket(`ws://127.0.0.1:${port}/`);
    const answers: string[] = [];
    client.on('message', (data) => answers.push(String(data))).on('error', () => {});
    await new Promise((resolve) => client.on('open', resolve));
    listener.stop();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    client.send('still here');
    await until(() => answers.length === 1);
    listener.close();
    await until(() => closed.length === 1);
    expect(served?.closed).toBe(true);
    expect(harness.failures).toEqual([]);
  });
}
