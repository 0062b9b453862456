// Where hands pointed and what people had in sight, sampled: kept beside the log, of no weight for the board. Files of
// such pieces, one behind the other, are read by every later version.

import type { Color } from '../color.ts';
import type { Box } from '../geometry.ts';
import type { ClientId, Millis } from '../ids.ts';
import { readVarint, writeVarint } from '../samples.ts';
import { expectCount, integer, list, record } from './field.ts';
import { client, color, millis, name } from './fields.ts';
import type { Point } from './message.ts';
import { PackedReader } from './packed-reader.ts';
import { packed } from './packed-writer.ts';
import { WireError } from './wire-error.ts';

export interface TrackPerson {
  readonly client: ClientId;
  readonly name: string;
  readonly color: Color;
}

/** Somebody's hand at a time. Without a sight: they have in sight what they had before. */
export interface TrackSample {
  readonly at: Millis;
  /** Their place among the track's people. */
  readonly person: number;
  readonly cursor: Point | null;
  readonly laser: boolean;
  readonly sight?: Box;
}

/** A stretch of some seconds, which stands for itself: samples in the order of their times. */
export interface Track {
  readonly people: readonly TrackPerson[];
  readonly samples: readonly TrackSample[];
}

const FORM = 1;
/** ms of a step in time, and steps in a board unit. */
const [TIME_STEP, PLACES] = [20, 4];
const [HAS_CURSOR, HAS_LASER, HAS_SIGHT, FLAGS] = [1, 2, 4, 8];
const MAX_PEOPLE = 10_000;
const MAX_SAMPLE_BYTES = 4 * 1024 * 1024;
/** Of one sample: its time, whose it is, and six numbers of at most six bytes. */
const MOST_OF_A_SAMPLE = 8 * 6;

const form = integer(FORM, FORM);
const people = list(record<TrackPerson>('person', { client, name, color }), MAX_PEOPLE);
const ELEMENTS = 4;

export function packTrack({ people: who, samples }: Track): Uint8Array {
  const from = samples[0]?.at ?? 0;
  return packed((out) => {
    out.array(ELEMENTS);
    form.write(out, FORM);
    millis.write(out, from);
    people.write(out, who);
    out.binary(packSamples(samples, from));
  });
}

interface Hand {
  x: number;
  y: number;
  sight: readonly [number, number, number, number];
}
const newHand = (): Hand => ({ x: 0, y: 0, sight: [0, 0, 0, 0] });

const steps = (value: number): number => Math.round(value * PLACES);

function packSamples(samples: readonly TrackSample[], from: Millis): Uint8Array {
  const out = new Uint8Array(samples.length * MOST_OF_A_SAMPLE);
  const hands = new Map<number, Hand>();
  let [offset, time] = [0, Math.round(from / TIME_STEP)];
  const put = (value: number): void => void (offset = writeVarint(out, offset, value));
  for (const { at, person, cursor, laser, sight } of samples) {
    const hand = hands.get(person) ?? newHand();
    hands.set(person, hand);
    const now = Math.round(at / TIME_STEP);
    put(now - time);
    time = now;
    put(person * FLAGS + (cursor ? HAS_CURSOR : 0) + (laser ? HAS_LASER : 0) + (sight ? HAS_SIGHT : 0));
    if (cursor) {
      const [x, y] = [steps(cursor.x), steps(cursor.y)];
      put(x - hand.x);
      put(y - hand.y);
      [hand.x, hand.y] = [x, y];
    }
    if (sight) {
      const sides = [steps(sight.minX), steps(sight.minY), steps(sight.maxX), steps(sight.maxY)] as const;
      sides.forEach((side, i) => put(side - (hand.sight[i] ?? 0)));
      hand.sight = sides;
    }
  }
  return out.slice(0, offset);
}

/** All pieces up to the first that is cut off or damaged. */
export function unpackTracks(bytes: Uint8Array): Track[] {
  const tracks: Track[] = [];
  const reader = new PackedReader(bytes);
  try {
    while (reader.offset < bytes.length) tracks.push(readTrack(reader));
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  return tracks;
}

function readTrack(from: PackedReader): Track {
  expectCount('track', from.array('track', ELEMENTS), ELEMENTS);
  form.read(from, 'track.form');
  const start = millis.read(from, 'track.from');
  const who = people.read(from, 'track.people');
  return { people: who, samples: readSamples(from.binaryView('track.samples', MAX_SAMPLE_BYTES), start, who.length) };
}

function readSamples(bytes: Uint8Array, from: Millis, count: number): TrackSample[] {
  const reader = { bytes, offset: 0 };
  const next = (): number => {
    const value = readVarint(reader);
    if (Number.isNaN(value)) throw new WireError('track.samples must be whole numbers.');
    return value;
  };
  const hands = Array.from({ length: count }, newHand);
  const samples: TrackSample[] = [];
  let time = Math.round(from / TIME_STEP);
  while (reader.offset < bytes.length) {
    time += next();
    const head = next();
    const person = Math.floor(head / FLAGS);
    const hand = hands[person];
    if (!hand) throw new WireError('track.samples must be of its people.');
    const has = (flag: number): boolean => (head & flag) !== 0;
    if (has(HAS_CURSOR)) [hand.x, hand.y] = [hand.x + next(), hand.y + next()];
    const cursor = has(HAS_CURSOR) ? { x: hand.x / PLACES, y: hand.y / PLACES } : null;
    if (has(HAS_SIGHT)) {
      const [a, b, c, d] = hand.sight;
      hand.sight = [a + next(), b + next(), c + next(), d + next()];
    }
    const [minX, minY, maxX, maxY] = hand.sight.map((side) => side / PLACES) as [number, number, number, number];
    const sight = has(HAS_SIGHT) ? { sight: { minX, minY, maxX, maxY } } : {};
    samples.push({ at: time * TIME_STEP, person, cursor, laser: has(HAS_LASER), ...sight });
  }
  return samples;
}
