import { inkSamples, type Ink } from '../ink.ts';
import type { ClientMessage, ServerMessage } from '../wire/message.ts';

/** A message as plain JSON of no version: for golden files. Bytes are in hex, and ink is its samples. */
export const plainMessage = (message: ClientMessage | ServerMessage): unknown =>
  JSON.parse(
    JSON.stringify(message, (key, value: unknown) => {
      if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
      if (key !== 'ink') return value;
      return inkSamples(value as Ink).map(({ x, y, pressure, dt }) => [x, y, Math.round(pressure * 255), dt]);
    }),
  );
