import { type Socket as TcpSocket, connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { closeReasons } from '../../../shared/wire/message.ts';
import type { Socket } from '../listener.ts';
import { type Harness, MAX_MESSAGE_BYTES, text, until } from './harness.ts';

export function webSocketRules(harness: Harness): void {
  interface Seen {
    readonly socket: Socket;
    readonly messages: [string, boolean][];
    readonly closed: number[];
    drains: number;
    onDrain: () => void;
  }

  /** A server whose sockets are noted, with what a message does. */
  async function serve(onMessage: (socket: Socket, text: string) => void = () => {}, options = {}) {
    const seen: Seen[] = [];
    const port = await harness.start({
      upgrade: ({ path, header }) => {
        if (path !== '/live') return { refuse: text('no such path', 404) };
        return {
          protocol: header('sec-websocket-protocol').split(',')[0] ?? '',
          accept: (socket) => {
            const entry: Seen = { socket, messages: [], closed: [], drains: 0, onDrain: () => {} };
            seen.push(entry);
            return {
              message(data, isText) {
                const message = Buffer.from(data).toString();
                entry.messages.push([message, isText]);
                onMessage(socket, message);
              },
              drain: () => {
                entry.drains++;
                entry.onDrain();
              },
              closed: (code) => entry.closed.push(code),
            };
          },
        };
      },
      ...options,
    });
    const latest = (): Seen => {
      const entry = seen.at(-1);
      if (!entry) throw new Error('Nobody has connected yet.');
      return entry;
    };
    return { seen, port, latest };
  }

  test('[N6] the chosen subprotocol is told; binary and text go both ways', async () => {
    const { port, latest } = await serve((socket, message) => {
      socket.send(`text ${message}`);
      socket.send(new TextEncoder().encode(`bytes ${message}`));
    });
    const { client, received } = await join(port);
    expect(client.protocol).toBe('first');
    client.send('a');
    client.send(Buffer.from('b'));
    await until(() => received.length === 4);
    expect(received).toEqual(['text a', 'bytes a', 'text b', 'bytes b']);
    expect(latest().messages).toEqual([
      ['a', true],
      ['b', false],
    ]);
    expect([latest().socket.protocol, latest().socket.remoteAddress]).toEqual(['first', '127.0.0.1']);
  });

  test('[N6] a refused upgrade is a plain HTTP answer', async () => {
    const { port } = await serve();
    const client = new WebSocket(`ws://127.0.0.1:${port}/elsewhere`);
    const status = await new Promise((resolve) => {
      client.on('unexpected-response', (_request, response) => resolve(response.statusCode));
    });
    expect(status).toBe(404);
    client.on('error', () => {}).terminate();
  });

  test('[N7] closing sends code and reason, tells the handler once, and ends the connection', async () => {
    const { port, seen } = await serve((socket, message) => {
      if (message === 'corked') socket.cork(() => socket.close(4001, 'enough'));
      else socket.close(4001, 'enough');
      socket.close(4002, 'again');
    });
    for (const message of ['plain', 'corked']) {
      const { client, closed } = await join(port);
      client.send(message);
      expect(await closed).toEqual([4001, 'enough']);
    }
    await until(() => seen.every((entry) => entry.closed.length > 0));
    expect(seen.map((entry) => entry.closed)).toEqual([[4001], [4001]]);
  });

  test('[N7] a close from outside of any callback ends the connection at once', async () => {
    const { port, latest } = await serve();
    for (const corked of [false, true]) {
      const { closed } = await join(port);
      const socket = latest().socket;
      const close = (): void => socket.close(4003, 'later');
      if (corked) {
        socket.cork(() => {
          socket.send('last words');
          close();
          expect(socket.closed).toBe(true);
          expect(socket.send('never')).toBe(false);
        });
      } else close();
      expect(await closed).toEqual([4003, 'later']);
    }
  });

  test('[N7] after the end every call does nothing', async () => {
    const { port, latest } = await serve();
    const { client } = await join(port);
    client.close(4100, 'bye');
    await until(() => latest().closed.length === 1);
    const { socket, closed } = latest();
    expect(closed).toEqual([4100]);
    expect(socket.closed).toBe(true);
    expect(socket.send('x')).toBe(false);
    socket.cork(() => expect.unreachable());
    socket.close(4001, '');
    expect([socket.buffered, socket.protocol, socket.remoteAddress]).toEqual([0, 'first', '127.0.0.1']);
    expect(closed).toEqual([4100]);
  });

  test('[N7] a client that vanishes is closed with 1006', async () => {
    const { port, latest } = await serve();
    const { client } = await join(port);
    client.terminate();
    await until(() => latest().closed.length === 1);
    expect(latest().closed).toEqual([1006]);
  });

  test('[N8] a message past the limit closes with 4413 and reaches no handler', async () => {
    const { port, latest } = await serve();
    const { client, closed } = await join(port);
    client.send(Buffer.alloc(MAX_MESSAGE_BYTES));
    client.send(Buffer.alloc(MAX_MESSAGE_BYTES + 1));
    client.send('after');
    expect(await closed).toEqual([closeReasons.TooLarge.code, closeReasons.TooLarge.text]);
    expect(latest().messages.length).toBe(1);
  });

  test('[N8] an absurdly large message is cut off before it is in memory', async () => {
    const { port, latest } = await serve();
    const { client, closed } = await join(port);
    client.send(Buffer.alloc(64 * 1024 * 1024));
    expect((await closed)[0]).toBe(1006);
    expect(latest().messages).toEqual([]);
  });

  test('[N9] send says when the socket must drain, nothing is lost, and drain is told', async () => {
    const { port, latest } = await serve();
    const { client, received } = await join(port);
    const { socket } = latest();
    client.pause();
    let sent = 0;
    while (socket.send(longMessage(sent++))) expect(sent).toBeLessThan(2000);
    expect(socket.buffered).toBeGreaterThan(0);
    expect(socket.closed).toBe(false);
    client.resume();
    await until(() => latest().drains > 0 && socket.buffered === 0);
    await until(() => received.length === sent);
    expect(received.map((text) => Number(text.split(' ')[0]))).toEqual(Array.from({ length: sent }, (_, i) => i));
  });

  test('[N9] who sends on whenever it is told to, and stops whenever it is full, is told again each time', async () => {
    const { port, latest } = await serve();
    const { received } = await join(port);
    const { socket } = latest();
    const count = 800;
    let [sent, stops] = [0, 0];
    const sendOn = (): void => {
      while (sent < count) {
        if (socket.send(longMessage(sent++))) continue;
        stops++;
        return;
      }
    };
    latest().onDrain = sendOn;
    sendOn();
    await until(() => received.length === count);
    expect(stops).toBeGreaterThan(1);
  });

  test('[N9] a reader that is pressed on beyond the guard is closed with 4430 after all it was sent', async () => {
    const { port, latest } = await serve();
    const { client, received, closed } = await join(port);
    const { socket } = latest();
    client.pause();
    let sent = 0;
    while (!socket.closed) {
      expect(sent).toBeLessThan(2000);
      socket.send(longMessage(sent));
      if (!socket.closed) sent++;
    }
    expect(socket.buffered).toBe(0);
    client.resume();
    expect(await closed).toEqual([closeReasons.TooFarBehind.code, closeReasons.TooFarBehind.text]);
    expect(received.length).toBe(sent);
  });

  test('[N9] a client that pings on and reads no answers is closed', async () => {
    const { port, latest } = await serve();
    const socket = await rawUpgrade(port);
    socket.pause();
    // A masked ping with the longest payload that it may have.
    const ping = Buffer.concat([Buffer.from([0x89, 0x80 | 125, 0, 0, 0, 0]), Buffer.alloc(125, 'p')]);
    const pings = Buffer.concat(Array.from({ length: 1000 }, () => ping));
    for (let round = 0; latest().closed.length === 0; round++) {
      expect(round).toBeLessThan(500);
      await new Promise<void>((resolve) => socket.write(pings, () => resolve()));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(latest().closed).toEqual([closeReasons.TooFarBehind.code]);
    socket.destroy();
  });

  test('[N9] cork gathers messages and keeps their order', async () => {
    const { port, latest } = await serve();
    const { received } = await join(port);
    const { socket } = latest();
    socket.cork(() => {
      for (let i = 0; i < 500; i++) socket.send(`${i}`);
      socket.cork(() => socket.send('500'));
    });
    await until(() => received.length === 501);
    expect(received).toEqual(Array.from({ length: 501 }, (_, i) => `${i}`));
  });

  test('[N5] a handler that throws closes its own socket with 1011 and is reported; others live on', async () => {
    const { port } = await serve((socket, message) => {
      if (message === 'bad') throw new Error('broken message');
      socket.send(message);
    });
    const other = await join(port);
    const { client, closed } = await join(port);
    client.send('bad');
    expect((await closed)[0]).toBe(1011);
    expect(String(harness.failures)).toContain('broken message');
    other.client.send('good');
    await until(() => other.received.length === 1);
  });

  test('[N10] a client that no longer answers pings is dropped', async () => {
    const { port, latest } = await serve(() => {}, { idleSeconds: 8 });
    const socket = await rawUpgrade(port);
    await until(() => latest().closed.length === 1);
    expect(latest().closed).toEqual([1006]);
    socket.destroy();
  });
}

/** A WebSocket that answers nothing, not even pings. */
async function rawUpgrade(port: number): Promise<TcpSocket> {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    'GET /live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await new Promise((resolve) => socket.once('data', resolve));
  socket.resume().on('error', () => {});
  return socket;
}

/** A client, with all that it hears. */
async function join(port: number, protocols: string[] = ['first', 'second']) {
  const client = new WebSocket(`ws://127.0.0.1:${port}/live`, protocols);
  const received: string[] = [];
  client.on('message', (data) => received.push(String(data)));
  client.on('error', () => {});
  const closed = new Promise<[number, string]>((resolve) =>
    client.on('close', (code, reason) => resolve([code, String(reason)])),
  );
  await new Promise((resolve) => client.on('open', resolve));
  return { client, received, closed };
}

const longMessage = (n: number): string => `${n} ${'x'.repeat(50_000)}`;
