// Where a person is in time: in the present with everybody else, or at a moment that stands still or moves.
// `step` takes what happens and how the history stands, and gives the next state; the clock is an input like any other.

import type { Millis } from './ids.ts';
import type { Direction, Stride } from './stride.ts';
import { unreachable } from './unreachable.ts';

/** On offer; any other above 0 plays too. */
export const speeds = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64] as const;
export type Speed = number;

/** How playing goes; kept while live too. */
export interface Manner {
  readonly speed: Speed;
  /** Long pauses play as short ones. */
  readonly skipIdle: boolean;
  /** What is played over and over, in the past only. */
  readonly loop?: Loop;
}

/** `to` is null until the end is chosen. */
export interface Loop {
  readonly from: Millis;
  readonly to: Millis | null;
}

export type Playback =
  | ({ readonly state: 'Live' } & Manner)
  | ({ readonly state: 'Playing'; readonly at: Millis } & Manner)
  | ({ readonly state: 'Paused'; readonly at: Millis } & Manner)
  /** `at` is not known yet; once it is, this becomes `then`. */
  | ({ readonly state: 'Loading'; readonly at: Millis; readonly then: 'Playing' | 'Paused' } & Manner);

export type PlaybackInput =
  /** Real time has passed, in ms. */
  | { readonly type: 'Tick'; readonly elapsed: number }
  | { readonly type: 'Play' }
  | { readonly type: 'Pause' }
  | { readonly type: 'Seek'; readonly at: Millis }
  /** Moves by so many ms of playing time: pauses that are skipped count as short. */
  | { readonly type: 'Skip'; readonly by: number }
  /** To the next thing that was done, or the one before, and stands there. */
  | { readonly type: 'Step'; readonly direction: Direction; readonly stride: Stride }
  | { readonly type: 'SetSpeed'; readonly speed: Speed }
  | { readonly type: 'SetSkipIdle'; readonly skipIdle: boolean }
  /** What is repeated begins here; the next time it ends here; the time after that nothing is repeated. */
  | { readonly type: 'MarkLoop' }
  | { readonly type: 'GoLive' }
  /** More of the history is known than before. */
  | { readonly type: 'HistoryGrew' };

/** What is known of the history. */
export interface Reel {
  /** Time of the first and last event that is known; 0 where none is. */
  readonly from: Millis;
  readonly to: Millis;
  /** Time of the last event of the present board. */
  readonly head: Millis;
  /** All up to the present is known. */
  readonly complete: boolean;
  /** Where a playhead is after `ms` of playing time. */
  advance(at: Millis, ms: number, skipIdle: boolean): Millis;
  /** Where a step leads; null where nothing is known that way. */
  stepFrom(at: Millis, direction: Direction, stride: Stride): Millis | null;
}

export const startLive: Playback = { state: 'Live', speed: 1, skipIdle: true };

/** The instant that is shown. */
export const playheadOf = (playback: Playback, reel: Reel): Millis =>
  playback.state === 'Live' ? reel.head : playback.at;

export function step(playback: Playback, input: PlaybackInput, reel: Reel): Playback {
  const { speed, skipIdle } = playback;
  switch (input.type) {
    case 'Tick': {
      if (playback.state !== 'Playing') return playback;
      const at = reel.advance(playback.at, input.elapsed * speed, skipIdle);
      if (endsIn(playback.loop, playback.at, at)) return { ...playback, at: playback.loop.from };
      return at < reel.to ? { ...playback, at } : pastEnd({ ...playback, at: reel.to }, reel);
    }
    case 'Play':
      if (playback.state === 'Live') return arrive(Number.NEGATIVE_INFINITY, 'Playing', playback, reel);
      return playback.state === 'Playing' ? playback : arrive(playback.at, 'Playing', playback, reel);
    case 'Pause':
      if (playback.state === 'Loading') return { ...playback, then: 'Paused' };
      return arrive(playheadOf(playback, reel), 'Paused', playback, reel);
    case 'Seek':
      return seek(playback, input.at, reel);
    case 'Skip':
      return seek(playback, reel.advance(playheadOf(playback, reel), input.by, skipIdle), reel);
    case 'Step':
      return takeStep(playback, input.direction, input.stride, reel);
    case 'SetSpeed':
      return { ...playback, speed: input.speed };
    case 'SetSkipIdle':
      return { ...playback, skipIdle: input.skipIdle };
    case 'MarkLoop':
      return markLoop(playback, reel);
    case 'GoLive':
      return live(playback);
    case 'HistoryGrew':
      return playback.state === 'Loading' ? arrive(playback.at, playback.then, playback, reel) : playback;
    default:
      return unreachable(input);
  }
}

/** Whether the end of what is repeated lies on the way. */
const endsIn = (loop: Loop | undefined, before: Millis, after: Millis): loop is Loop & { to: Millis } =>
  loop !== undefined && loop.to !== null && before < loop.to && after >= loop.to;

function markLoop(playback: Playback, reel: Reel): Playback {
  if (playback.state === 'Live') return playback;
  const { loop, ...rest } = playback;
  const { at } = playback;
  if (!loop) return { ...rest, loop: { from: at, to: null } };
  if (loop.to !== null || loop.from === at) return rest;
  const whole = { from: Math.min(loop.from, at), to: Math.max(loop.from, at) };
  return arrive(whole.from, 'Playing', { ...rest, loop: whole }, reel);
}

const live = ({ speed, skipIdle }: Manner): Playback => ({ state: 'Live', speed, skipIdle });

/** A playhead that plays on from where it is put, or stands there; the end of the history is the present. */
function seek(playback: Playback, at: Millis, reel: Reel): Playback {
  if (at >= (reel.complete ? reel.to : reel.head)) return live(playback);
  const playing = playback.state === 'Playing' || (playback.state === 'Loading' && playback.then === 'Playing');
  return arrive(at, playing ? 'Playing' : 'Paused', playback, reel);
}

/** The last step forward leads to the present; what is not known yet is waited for. */
function takeStep(playback: Playback, direction: Direction, stride: Stride, reel: Reel): Playback {
  if (playback.state === 'Live' && direction > 0) return playback;
  const from = playheadOf(playback, reel);
  if (!reel.complete && (reel.to === 0 || from > reel.to)) return arrive(from, 'Paused', playback, reel);
  const at = reel.stepFrom(from, direction, stride);
  if (at === null && direction < 0) return arrive(reel.from, 'Paused', playback, reel);
  if (at === null) return reel.complete ? live(playback) : arrive(reel.head, 'Paused', playback, reel);
  if (at >= (reel.complete ? reel.to : reel.head)) return live(playback);
  return arrive(at, 'Paused', playback, reel);
}

function arrive(at: Millis, then: 'Playing' | 'Paused', { speed, skipIdle, loop }: Manner, reel: Reel): Playback {
  const manner: Manner = { speed, skipIdle, ...(loop && { loop }) };
  if (!reel.complete && (at > reel.to || reel.to === 0)) return { state: 'Loading', at, then, ...manner };
  return { state: then, at: Math.min(Math.max(at, reel.from), reel.to), ...manner };
}

function pastEnd(playback: Playback & { state: 'Playing' }, reel: Reel): Playback {
  if (reel.complete) return live(playback);
  return { ...playback, state: 'Loading', then: 'Playing' };
}
