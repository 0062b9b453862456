// The acceptance suite of the network's port: an adapter's own test is one call of it.

import { describe } from 'vitest';
import { Harness, type MakeListener } from './contract/harness.ts';
import { httpRules } from './contract/http-rules.ts';
import { listeningRules } from './contract/listening-rules.ts';
import { webSocketRules } from './contract/websocket-rules.ts';

export function testListener(name: string, make: MakeListener): void {
  describe(`the network over ${name}`, () => {
    const harness = new Harness(make);
    describe('HTTP', () => httpRules(harness));
    describe('WebSocket', () => webSocketRules(harness));
    describe('listening', () => listeningRules(harness));
  });
}
