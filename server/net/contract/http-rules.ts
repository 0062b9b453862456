import { type IncomingMessage, request as nodeRequest } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { BodyTooLarge } from '../listener.ts';
import { type Harness, text, until } from './harness.ts';

export function httpRules(harness: Harness): void {
  test('[N1] a handler sees method, path, query, headers and address, and its response arrives', async () => {
    const port = await harness.start({
      http: (request) => ({
        status: 418,
        headers: { 'content-type': 'text/plain', 'x-seen': request.header('x-given') },
        body: [request.method, request.path, request.query.get('q'), request.remoteAddress].join(' '),
      }),
    });
    const response = await fetch(`http://127.0.0.1:${port}/a%20b/c?q=1%202&r`, { headers: { 'X-Given': 'here' } });
    expect(response.status).toBe(418);
    expect(response.headers.get('x-seen')).toBe('here');
    expect(await response.text()).toBe('GET /a%20b/c 1 2 127.0.0.1');
  });

  test('[N1] a body arrives whole, also when the handler asks for it late', async () => {
    const port = await harness.start({
      http: async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return { status: 200, headers: {}, body: await request.body(100_000) };
      },
    });
    const sent = Uint8Array.from({ length: 90_000 }, (_, i) => i % 251);
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: sent });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(sent);
  });

  test('[N1] a body of megabytes arrives whole, however late it is asked for', async () => {
    const port = await harness.start({
      http: async (request) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return text(`${(await request.body(6_000_000)).length}`);
      },
    });
    const post = (bytes: number) => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x'.repeat(bytes) });
    expect(
      await Promise.all([5_000_000, 1_048_576, 1_048_577].map(async (bytes) => (await post(bytes)).text())),
    ).toEqual(['5000000', '1048576', '1048577']);
  });

  test('[N2] a body past the limit is refused, and the connection serves the next request', async () => {
    const port = await harness.start({
      http: async (request) => {
        try {
          return text(`${(await request.body(1000)).length}`);
        } catch (error) {
          return text(error instanceof BodyTooLarge ? `at most ${error.maxBytes}` : String(error), 413);
        }
      },
    });
    const post = (bytes: number) => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'x'.repeat(bytes) });
    expect((await post(1000)).status).toBe(200);
    const refused = await post(1001);
    expect([refused.status, await refused.text()]).toEqual([413, 'at most 1000']);
    expect((await post(500_000)).status).toBe(413);
    expect(await (await post(7)).text()).toBe('7');
  });

  test('[N2] a body that never ends is cut off', async () => {
    const port = await harness.start({
      http: (request) =>
        request.body(1000).then(
          () => text('read'),
          () => text('too large', 413),
        ),
    });
    const closed = await new Promise<boolean>((resolve) => {
      const chunk = Buffer.alloc(64 * 1024);
      const sending = nodeRequest({ port, method: 'POST', host: '127.0.0.1' });
      let sent = 0;
      const more = (): void => {
        sent += chunk.length;
        if (sent < 64 * 1024 * 1024) sending.write(chunk, more);
        else resolve(false);
      };
      sending.on('error', () => resolve(true)).on('close', () => resolve(true));
      more();
    });
    expect(closed).toBe(true);
  });

  test('[N3] HEAD gets the headers of GET and no body', async () => {
    const port = await harness.start({ http: () => text('twelve bytes') });
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('12');
    expect(await response.text()).toBe('');
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('twelve bytes');
  });

  test('[N3] 204 and 304 carry no body and no length', async () => {
    const port = await harness.start({ http: (request) => text('', Number(request.path.slice(1))) });
    for (const status of [204, 304, 204]) {
      const response = await fetch(`http://127.0.0.1:${port}/${status}`);
      expect([response.status, response.headers.get('content-length')]).toEqual([status, null]);
    }
  });

  test('[N4] a large body reaches a slow reader unchanged', async () => {
    const body = Uint8Array.from({ length: 8_000_000 }, (_, i) => (i * 31) % 253);
    const port = await harness.start({ http: () => ({ status: 200, headers: {}, body }) });
    expect(Buffer.compare(await slowly(port), body)).toBe(0);
  });

  test('[N4] a streamed body is made only as fast as the client takes it', async () => {
    const made: number[] = [];
    async function* chunks(): AsyncGenerator<Uint8Array> {
      const place = made.push(0) - 1;
      for (let i = 0; i < 200; i++) {
        made[place] = i;
        yield new Uint8Array(100_000).fill(i);
      }
    }
    const port = await harness.start({ http: () => ({ status: 200, headers: {}, body: chunks() }) });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.pause();
    expect(await quiet(() => made[0] ?? 0)).toBeLessThan(150);
    socket.destroy();

    const whole = new Uint8Array(await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer());
    expect(whole.length).toBe(20_000_000);
    expect(whole.every((byte, i) => byte === Math.floor(i / 100_000))).toBe(true);
  });

  test('[N4] a streamed body that fails half-way cannot be taken for the whole', async () => {
    const port = await harness.start({ http: () => ({ status: 200, headers: {}, body: failingHalfWay() }) });
    const reading = fetch(`http://127.0.0.1:${port}/`).then((response) => response.arrayBuffer());
    await expect(reading).rejects.toThrow();
    expect(String(harness.failures)).toContain('half-way');
  });

  test('[N4] the signal tells that the client has gone', async () => {
    let gone = false;
    let asked = false;
    const port = await harness.start({
      http: (request) =>
        new Promise((resolve) => {
          asked = true;
          request.signal.addEventListener('abort', () => {
            gone = true;
            resolve(text('nobody hears this'));
          });
        }),
    });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await until(() => asked);
    socket.destroy();
    await until(() => gone);
    expect(harness.failures).toEqual([]);
  });

  test('[N5] a handler that throws is a 500 in JSON and is reported; the server goes on', async () => {
    const port = await harness.start({
      http: (request) => {
        if (request.path === '/ok') return text('ok');
        throw new Error('broken handler');
      },
    });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: { code: 'InternalError', message: expect.any(String) } });
    expect(String(harness.failures)).toContain('broken handler');
    expect(await (await fetch(`http://127.0.0.1:${port}/ok`)).text()).toBe('ok');
  });

  test('[N5] a header with a line break is never sent', async () => {
    const port = await harness.start({
      http: () => ({ status: 200, headers: { 'x-a': 'b\r\nset-cookie: c' }, body: '' }),
    });
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([500, null]);
  });
}

/** The value once it no longer changes. */
async function quiet(value: () => number): Promise<number> {
  for (let last = -1, same = 0; same < 20;) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    same = value() === last && last > 0 ? same + 1 : 0;
    last = value();
  }
  return value();
}

/** A response's body, read with pauses. */
async function slowly(port: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    nodeRequest({ port, host: '127.0.0.1' }, resolve).on('error', reject).end(),
  );
  let read = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    if (read++ % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 2));
  }
  return Buffer.concat(chunks);
}

async function* failingHalfWay(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(10);
  throw new Error('half-way');
}
