import { clientRows } from '../wire/client-rows.ts';
import { commandRows } from '../wire/command-rows.ts';
import { eventRows } from '../wire/event-rows.ts';
import { closeReasons } from '../wire/message.ts';
import { schemaOf } from '../wire/rows.ts';
import { serverRows } from '../wire/server-rows.ts';

/** Everything that crosses the wire or is stored, in words, a line for each form: what version.test.ts pins. */
export const schema = (): readonly string[] => [
  'from clients',
  ...schemaOf(clientRows),
  'commands',
  ...schemaOf(commandRows),
  'from the server',
  ...schemaOf(serverRows),
  'events',
  ...schemaOf(eventRows),
  'reasons',
  ...Object.entries(closeReasons).map(([reason, { code, retry }]) => `${code} ${reason}${retry ? ', retry' : ''}`),
];
