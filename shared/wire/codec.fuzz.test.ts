// Frames that were good before somebody had them: whatever comes in, it is understood or it is a WireError.
//   RETRACE_FUZZ_FRAMES=1000000 npx vitest run --config .config/vitest.config.ts codec.fuzz

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyBoard, fold } from '../board.ts';
import { decide } from '../decide.ts';
import type { ClientId } from '../ids.ts';
import { anySession } from '../testing/arbitraries.ts';
import { pick, seededRandom, wholeBetween } from '../testing/random.ts';
import { anyClientMessage, anyServerMessage } from '../testing/wire-arbitraries.ts';
import {
  packClientMessage,
  packCommit,
  packServerMessage,
  unpackClientMessages,
  unpackCommits,
  unpackServerMessages,
} from './codec.ts';
import { clientMessageToJson, readClientJson } from './json.ts';
import { penOf } from './json-command.ts';
import type { ClientMessage } from './message.ts';
import { WireError } from './wire-error.ts';

const FRAMES = Number(process.env['RETRACE_FUZZ_FRAMES'] ?? 20_000);
const SEED = Number(process.env['RETRACE_FUZZ_SEED'] ?? 1);

const sample = <T>(arbitrary: fc.Arbitrary<T>, count: number): T[] =>
  fc.sample(arbitrary, { seed: SEED, numRuns: count });

const author = { client: 'AbCdEfGhIjKl.1' as ClientId, name: 'Ann', color: 'red', role: 'editor' } as const;
const pen = penOf(emptyBoard, author.client);

interface Target {
  readonly name: string;
  readonly good: readonly Uint8Array[];
  /** Reads a frame and does with it what the project does next: nothing of that may fail either. */
  readonly use: (frame: Uint8Array) => void;
}

const messages = sample(anyClientMessage, 200);
const board = sample(anySession(), 1)[0]?.board ?? emptyBoard;

/** None where this pen's steps would take a run off the board: the run was packed for another precision. */
function asJson(message: ClientMessage): Uint8Array[] {
  try {
    return [Buffer.from(JSON.stringify(clientMessageToJson(message, pen).json))];
  } catch (error) {
    if (error instanceof WireError) return [];
    throw error;
  }
}

const targets: readonly Target[] = [
  {
    name: 'messages of clients',
    good: messages.map(packClientMessage),
    use(frame) {
      const read = unpackClientMessages(frame);
      expect(unpackClientMessages(concat(read.map(packClientMessage)))).toEqual(read);
      for (const message of read) if (message.type === 'Command') decide(board, message.command, author);
    },
  },
  {
    name: 'messages of the server',
    good: sample(anyServerMessage, 200).map(packServerMessage),
    use(frame) {
      const read = unpackServerMessages(frame).map(packServerMessage);
      expect(unpackServerMessages(concat(read)).map(packServerMessage)).toEqual(read);
    },
  },
  {
    name: 'commits',
    good: sample(anySession(), 30).flatMap(({ commits }) => commits.map(packCommit)),
    use(frame) {
      const read = unpackCommits(frame);
      expect(unpackCommits(concat(read.map(packCommit)))).toEqual(read);
      fold(
        emptyBoard,
        read.flatMap((commit) => commit.events),
      );
    },
  },
  {
    name: 'JSON of clients',
    good: messages.flatMap(asJson),
    use(frame) {
      const { message } = readClientJson(Buffer.from(frame).toString(), pen);
      expect(unpackClientMessages(packClientMessage(message))).toHaveLength(1);
      if (message.type === 'Command') decide(board, message.command, author);
    },
  },
];

const concat = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** Bytes that mean something to MessagePack, or lie at the edge of meaning something else. */
const TELLING = [0x00, 0x01, 0x7f, 0x80, 0x8f, 0x90, 0x91, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc6, 0xc7, 0xca,
  0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd3, 0xd4, 0xd9, 0xdb, 0xdc, 0xdd, 0xde, 0xdf, 0xe0, 0xff]; // prettier-ignore

function mutated(random: () => number, frame: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = [...frame];
  for (let left = wholeBetween(random, 1, 4); left > 0; left--) {
    const at = wholeBetween(random, 0, bytes.length);
    const length = wholeBetween(random, 0, 6);
    switch (wholeBetween(random, 0, 7)) {
      case 0:
        bytes[Math.min(at, bytes.length - 1)] = (bytes[at] ?? 0) ^ (1 << wholeBetween(random, 0, 7));
        break;
      case 1:
        bytes[Math.min(at, bytes.length - 1)] = pick(random, TELLING);
        break;
      case 2:
        bytes.splice(at, 0, pick(random, TELLING));
        break;
      case 3:
        bytes.splice(at, length);
        break;
      case 4:
        bytes.splice(at, 0, ...bytes.slice(at, at + length));
        break;
      case 5:
        bytes.splice(at, length, ...other.slice(at, at + length));
        break;
      case 6:
        bytes.length = at;
        break;
      default:
        bytes.push(...other);
    }
    if (bytes.length === 0) bytes.push(wholeBetween(random, 0, 255));
  }
  return Uint8Array.from(bytes);
}

test.each(targets)(
  `[W6] ${FRAMES / 4} spoilt frames: $name (seed ${SEED})`,
  ({ good, use }) => {
    const random = seededRandom(SEED);
    for (const frame of good) use(frame);
    const before = process.memoryUsage().heapUsed;
    const started = performance.now();
    let [accepted, refused] = [0, 0];
    for (let i = 0; i < FRAMES / 4; i++) {
      const frame = mutated(random, pick(random, good), pick(random, good));
      try {
        use(frame);
        accepted++;
      } catch (error) {
        if (!(error instanceof WireError))
          throw new Error(`Frame ${Buffer.from(frame).toString('hex')}`, { cause: error });
        refused++;
      }
    }
    const perFrame = ((performance.now() - started) * 1000) / (FRAMES / 4);
    process.stdout.write(`${accepted} understood, ${refused} refused, ${perFrame.toFixed(1)} µs each\n`);
    expect(refused).toBeGreaterThan(0);
    expect(accepted).toBeGreaterThan(0);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(128e6);
  },
  600_000,
);
