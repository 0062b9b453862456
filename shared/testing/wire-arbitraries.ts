// Random messages of both directions, all of them valid.

import fc, { type Arbitrary } from 'fast-check';
import type { RejectionCode } from '../command.ts';
import { MAX_COORDINATE } from '../limits.ts';
import type { Epoch } from '../ids.ts';
import type { ClientMessage, Hello, Point, PresenceChange, ServerMessage } from '../wire/message.ts';
import { snapshotOf } from '../wire/board-codec.ts';
import {
  anyClient,
  anyColor,
  anyCommand,
  anyCount,
  anyMillis,
  anyName,
  anyOrdinal,
  anyParticipant,
  anySession,
  base64urlOf,
} from './arbitraries.ts';

const anyEpoch: Arbitrary<Epoch> = base64urlOf(8, 32).map((text) => text as Epoch);
const anyRole = fc.constantFrom('owner', 'editor', 'viewer');

/** Floats of 24 bits, which is what a packed cursor has. */
const anyCoordinate = fc
  .float({ min: -MAX_COORDINATE, max: MAX_COORDINATE, noNaN: true })
  .map((value) => (value === 0 ? 0 : value));
const anyPoint: Arbitrary<Point> = fc.record({ x: anyCoordinate, y: anyCoordinate });
const anyBox = fc.tuple(anyPoint, anyPoint).map(([a, b]) => ({ minX: a.x, minY: a.y, maxX: b.x, maxY: b.y }));

const anyHello: Arbitrary<Hello> = fc.record(
  {
    type: fc.constant('Hello' as const),
    slot: fc.integer({ min: 1, max: 999_999 }),
    name: anyName,
    color: anyColor,
    after: anyCount,
    settled: anyCount,
    secret: base64urlOf(16, 128),
    epoch: anyEpoch,
    key: base64urlOf(16, 128),
  },
  { requiredKeys: ['type', 'slot', 'name', 'color', 'after', 'settled'] },
);

export const anyClientMessage: Arbitrary<ClientMessage> = fc.oneof(
  anyHello,
  fc.constant<ClientMessage>({ type: 'Ping' }),
  fc.record(
    {
      type: fc.constant('Pointing' as const),
      cursor: fc.option(anyPoint),
      past: fc.boolean(),
      laser: fc.boolean(),
      sight: anyBox,
    },
    { requiredKeys: ['type', 'cursor', 'past'] },
  ),
  fc.record({ type: fc.constant('Command' as const), number: anyOrdinal, command: anyCommand }),
);

const anyPresenceChange: Arbitrary<PresenceChange> = fc.record(
  {
    connection: anyCount,
    cursor: fc.option(anyPoint),
    past: fc.boolean(),
    laser: fc.boolean(),
    sight: anyBox,
    client: anyClient,
    name: anyName,
    color: anyColor,
    role: anyRole,
  },
  { requiredKeys: ['connection'] },
);

const codes: readonly RejectionCode[] = ['NotAllowed', 'NoOpenStroke', 'StrokeTooLong', 'OutOfBounds', 'NumberUsed'];

export const anyPlainServerMessage: Arbitrary<Exclude<ServerMessage, { type: 'Commit' }>> = fc.oneof(
  fc.record({
    type: fc.constant('Joined' as const),
    epoch: anyEpoch,
    participant: anyParticipant,
    client: anyClient,
    connection: anyCount,
    role: anyRole,
    at: anyMillis,
    head: anyCount,
    settled: anyCount,
  }),
  fc.record({ type: fc.constant('Settled' as const), through: anyCount, at: anyCount }),
  fc.record({
    type: fc.constant('Rejected' as const),
    number: anyOrdinal,
    code: fc.constantFrom(...codes),
    message: fc.string({ maxLength: 80 }),
  }),
  fc.record({
    type: fc.constant('PresenceChanged' as const),
    everyone: fc.boolean(),
    changes: fc.array(anyPresenceChange, { maxLength: 5 }),
    left: fc.array(anyCount, { maxLength: 5 }),
  }),
  fc.record({ type: fc.constant('LogState' as const), writable: fc.boolean() }),
  fc.record({ type: fc.constant('Pong' as const), at: anyMillis }),
  anySession(10).chain(({ board }) => fc.constantFrom(...snapshotOf(board))),
);

export const anyServerMessage: Arbitrary<ServerMessage> = fc.oneof(
  { weight: 3, arbitrary: anyPlainServerMessage },
  {
    weight: 1,
    arbitrary: anySession(10).chain(({ commits }) =>
      fc.constantFrom(...commits.map((commit): ServerMessage => ({ type: 'Commit', ...commit }))),
    ),
  },
);
