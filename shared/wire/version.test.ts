import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { clientRows } from './client-rows.ts';
import { commandRows } from './command-rows.ts';
import { eventRows } from './event-rows.ts';
import { JSON_SUBPROTOCOL, PACKED_SUBPROTOCOL } from './message.ts';
import { schemaOf } from './rows.ts';
import { serverRows } from './server-rows.ts';
import { PROTOCOL_VERSION } from './version.ts';

const schema = [
  ['from clients', clientRows],
  ['commands', commandRows],
  ['from the server', serverRows],
  ['events', eventRows],
] as const;

/** One for each released version, and the last line for the next. A line of a released version never changes. */
const fingerprints: Readonly<Record<number, string>> = {
  1: '420e8bf009261589',
};

test('[W14] a change of the schema is a new version', () => {
  const text = schema.flatMap(([name, rows]) => [name, ...schemaOf(rows)]).join('\n');
  const fingerprint = createHash('sha256').update(text).digest('hex').slice(0, 16);
  expect(
    { [PROTOCOL_VERSION]: fingerprint },
    `The schema changed. If an older reader would misread it, raise PROTOCOL_VERSION and freeze fixtures of the version
before; if it was never released, or only a limit was raised, pin it anew.\n\n${text}`,
  ).toEqual({ [PROTOCOL_VERSION]: fingerprints[PROTOCOL_VERSION] });
});

test('[W14] the subprotocols carry the version', () => {
  expect(PACKED_SUBPROTOCOL).toBe(`retrace.msgpack.v${PROTOCOL_VERSION}`);
  expect(JSON_SUBPROTOCOL).toBe(`retrace.json.v${PROTOCOL_VERSION}`);
});
