import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { schema } from '../testing/schema.ts';
import { closeReasons, JSON_SUBPROTOCOL, PACKED_SUBPROTOCOL } from './message.ts';
import { PROTOCOL_VERSION } from './version.ts';

const advice = `The schema is not the one that was frozen for version ${PROTOCOL_VERSION}.
Where that version was released: raise PROTOCOL_VERSION and freeze the new one beside it.
Where it was not: delete shared/fixtures/v${PROTOCOL_VERSION} and freeze it anew.
How, and what else to see to, is in CONTRIBUTING.md under "Changing an event".`;

test('[W14] a change of the schema is a new version', () => {
  const frozen = readFileSync(new URL(`../fixtures/v${PROTOCOL_VERSION}/schema.txt`, import.meta.url), 'utf8');
  expect([...schema()], advice).toEqual(frozen.trimEnd().split('\n'));
});

test('[W14] the subprotocols carry the version', () => {
  expect(PACKED_SUBPROTOCOL).toBe(`retrace.msgpack.v${PROTOCOL_VERSION}`);
  expect(JSON_SUBPROTOCOL).toBe(`retrace.json.v${PROTOCOL_VERSION}`);
});

test('[W14] what tells a page that it is outdated is the same for every version', () => {
  expect(closeReasons.OutdatedProtocol).toMatchObject({ code: 4426, retry: false });
});
