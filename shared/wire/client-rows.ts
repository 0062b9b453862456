import { flag, nullable, optional } from './field.ts';
import { box, color, count, epoch, name, point, secret, slot } from './fields.ts';
import type { ClientMessage } from './message.ts';
import { type Rows, rows } from './rows.ts';

/** What a client says that is no command. */
export type PlainMessage = Exclude<ClientMessage, { type: 'Command' }>;

export const clientRows: Rows<PlainMessage> = rows<PlainMessage>({
  Hello: [
    0,
    {
      slot,
      name,
      color,
      after: count,
      settled: count,
      secret: optional(secret),
      epoch: optional(epoch),
      key: optional(secret),
    },
  ],
  Ping: [1, {}],
  Pointing: [2, { cursor: nullable(point), past: flag, laser: optional(flag), sight: optional(box) }],
});
