import { packServerMessage, unpackClientMessages } from '../shared/wire/codec.ts';
import { type Decoded, decoded, type Dialect, type Unshared } from './dialect.ts';

const shared = new WeakMap<Unshared, Uint8Array>();

/** `retrace.msgpack.v1`. It remembers nothing of a connection: what it sends of a board are the log's own bytes. */
export const packedDialect: Dialect = {
  decode: (data, isText): Decoded =>
    isText
      ? { ok: false, reason: 'Malformed', error: 'This subprotocol has binary frames only.' }
      : decoded(() => unpackClientMessages(data)),
  encode: packServerMessage,
  encodeShared(message) {
    const packed = shared.get(message) ?? packServerMessage(message);
    shared.set(message, packed);
    return packed;
  },
  joined() {},
  snapshot: (_present, kept) => kept.current(),
  async resume() {},
  live: (published) => [published.packed],
  replay: (commits) => commits.map((commit) => commit.bytes),
};
