import type { Replay } from './replay.svelte.ts';

/** Part of the strip that a key moves the playhead by. */
const shares: Partial<Record<string, number>> = { PageUp: 0.1, PageDown: -0.1 };
const steps: Partial<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
const zooms: Partial<Record<string, 1 | -1>> = { '+': 1, '=': 1, '-': -1, _: -1 };

type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** What a key does while the strip has the focus. @returns whether it does something */
export function pressOnTimeline(replay: Replay, press: KeyPress): boolean {
  if (press.altKey || press.ctrlKey || press.metaKey) return false;
  const direction = steps[press.key];
  const zoom = zooms[press.key];
  const share = shares[press.key] ?? (direction !== undefined && press.shiftKey ? direction * 0.01 : undefined);
  if (press.key === 'Home') replay.seek(replay.span.from);
  else if (press.key === 'End') replay.goLive();
  else if (press.key === '0') replay.sight.all();
  else if (zoom !== undefined) replay.sight.step(zoom);
  else if (share !== undefined) moveBy(replay, share);
  else if (direction !== undefined) moveBySecond(replay, direction);
  else return false;
  return true;
}

function moveBy(replay: Replay, share: number): void {
  const { scale } = replay.sight;
  const fraction = (replay.mode === 'Live' ? scale.end : scale.fractionOf(replay.playhead)) + share;
  if (fraction >= scale.end) replay.goLive();
  else replay.seek(scale.timeAt(Math.max(scale.start, fraction)));
}

function moveBySecond(replay: Replay, direction: 1 | -1): void {
  if (replay.mode === 'Live' && direction > 0) return;
  replay.skip(direction * 1_000);
}
