import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { testListener } from './contract.ts';
import { UnsentBytes } from './unsent-bytes.ts';
import { plainAddress } from './uws-http.ts';
import { createUwsListener } from './uws.ts';

const MB = 1024 * 1024;

testListener('uWebSockets.js', createUwsListener);

test('[N32] answers that nobody takes have a limit, and those who leave make room', async () => {
  const listener = createUwsListener({
    http: (request) => ({ status: 200, headers: {}, body: Buffer.alloc(MB * 16), shared: request.path === '/shared' }),
    upgrade: () => ({ refuse: { status: 404, headers: {}, body: '' } }),
    maxMessageBytes: 1000,
    maxUnsentBytes: 24 * MB,
    failed: () => {},
  });
  const port = await listener.listen('127.0.0.1', 0);
  const address = `http://127.0.0.1:${port}`;
  try {
    const taking = connect(port, '127.0.0.1');
    taking.write('GET / HTTP/1.1\r\nHost: here\r\n\r\n');
    await once(taking, 'readable');
    const refused = await fetch(address);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    expect(await refused.json()).toMatchObject({ error: { code: 'Busy' } });
    expect((await (await fetch(`${address}/shared`)).arrayBuffer()).byteLength).toBe(16 * MB);
    taking.destroy();
    await vi.waitFor(async () => {
      const answer = await fetch(address);
      expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, 16 * MB]);
    });
  } finally {
    listener.close();
  }
});

test('[N32] behind a trusted proxy each address has the limit of one', async () => {
  const listener = createUwsListener({
    http: () => ({ status: 200, headers: {}, body: Buffer.alloc(MB * 16) }),
    upgrade: () => ({ refuse: { status: 404, headers: {}, body: '' } }),
    maxMessageBytes: 1000,
    maxUnsentOfOne: 24 * MB,
    trustProxy: true,
    failed: () => {},
  });
  const port = await listener.listen('127.0.0.1', 0);
  const statusFor = async (address: string): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${port}`, { headers: { 'x-forwarded-for': `spoofed, ${address}` } });
    await answer.arrayBuffer();
    return answer.status;
  };
  const taking = connect(port, '127.0.0.1');
  try {
    taking.write('GET / HTTP/1.1\r\nHost: here\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n');
    await once(taking, 'readable');
    expect([await statusFor('203.0.113.7'), await statusFor('203.0.113.8')]).toEqual([503, 200]);
  } finally {
    taking.destroy();
    listener.close();
  }
});

test('[N32] what one address leaves waiting is its own; a small answer always may, and so may the only one', () => {
  const unsent = new UnsentBytes(10 * MB, 4 * MB);
  expect(unsent.hasRoom('10.0.0.1', 99 * MB)).toBe(true);
  const release = unsent.hold('10.0.0.1', 3 * MB);
  expect([unsent.hasRoom('10.0.0.1', 2 * MB), unsent.hasRoom('10.0.0.1', 1000)]).toEqual([false, true]);
  expect([unsent.hasRoom('10.0.0.2', 2 * MB), unsent.hasRoom('127.0.0.1', 2 * MB)]).toEqual([true, true]);
  unsent.hold('127.0.0.1', 6 * MB);
  expect(unsent.hasRoom('10.0.0.2', 2 * MB)).toBe(false);
  release();
  release();
  expect(unsent.hasRoom('10.0.0.2', 2 * MB)).toBe(true);
});

test('an IPv4 address that arrives over IPv6 is written as IPv4', () => {
  expect(plainAddress('0000:0000:0000:0000:0000:ffff:7f00:0001')).toBe('127.0.0.1');
  expect(plainAddress('0000:0000:0000:0000:0000:ffff:c0a8:01fe')).toBe('192.168.1.254');
  expect(plainAddress('2001:0db8:0000:0000:0000:0000:0000:0001')).toBe('2001:0db8:0000:0000:0000:0000:0000:0001');
  expect(plainAddress('10.0.0.7')).toBe('10.0.0.7');
});
