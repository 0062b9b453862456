import { expect, test } from 'vitest';
import { testListener } from './contract.ts';
import { plainAddress } from './uws-http.ts';
import { createUwsListener } from './uws.ts';

testListener('uWebSockets.js', createUwsListener);

test('an IPv4 address that arrives over IPv6 is written as IPv4', () => {
  expect(plainAddress('0000:0000:0000:0000:0000:ffff:7f00:0001')).toBe('127.0.0.1');
  expect(plainAddress('0000:0000:0000:0000:0000:ffff:c0a8:01fe')).toBe('192.168.1.254');
  expect(plainAddress('2001:0db8:0000:0000:0000:0000:0000:0001')).toBe('2001:0db8:0000:0000:0000:0000:0000:0001');
  expect(plainAddress('10.0.0.7')).toBe('10.0.0.7');
});
