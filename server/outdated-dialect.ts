import { PROTOCOL_VERSION } from '../shared/wire/version.ts';
import type { Dialect } from './dialect.ts';
import { packedDialect } from './packed-dialect.ts';

/** Another version of a subprotocol: whatever comes is answered by the one thing that all versions have in common. */
export const outdatedDialect: Dialect = {
  ...packedDialect,
  decode: () => ({
    ok: false,
    reason: 'OutdatedProtocol',
    error: `This server speaks version ${PROTOCOL_VERSION}. Reload the page.`,
  }),
};
