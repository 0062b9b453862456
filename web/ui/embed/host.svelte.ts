// The player and the page that it stands in: messages, with a name so that no other's is taken for one.

import { untrack } from 'svelte';
import type { Replay } from '../../replay/replay.svelte.ts';

const CHANNEL = 'retrace-player';

/** ms between two messages of where the playhead is, while it moves. */
const TELL_EVERY = 250;

/** What a page may ask of the player. */
function obey(replay: Replay, data: unknown): void {
  const { channel, call, value } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  if (channel !== CHANNEL) return;
  const number = Number(value);
  switch (call) {
    case 'play':
      return replay.play();
    case 'pause':
      return replay.pause();
    case 'seek':
      return Number.isFinite(number) ? replay.seek(number) : undefined;
    case 'speed':
      return setSpeed(replay, number);
    default:
      return;
  }
}

function setSpeed(replay: Replay, speed: number): void {
  if (speed > 0 && speed <= 1000) replay.setSpeed(speed);
}

/** Does what the host page and the address ask for, and tells the host what happens. Within a component's set-up. */
export function talkToHost(replayOf: () => Replay, query: URLSearchParams): void {
  const replay = replayOf();
  setSpeed(replay, Number(query.get('speed') ?? 1));
  const at = Number(query.get('at') ?? Number.NaN);
  if (query.has('at') && Number.isFinite(at)) replay.seek(at);
  if (query.get('autoplay') === '1') replay.play();

  const tell = (event: string): void => {
    if (parent === window) return;
    // Where the playhead is is no secret of whoever may see the board in this frame.
    untrack(() => {
      const { from, to } = replay.span;
      parent.postMessage({ channel: CHANNEL, event, at: replay.playhead, from, to, speed: replay.speed }, '*');
    });
  };

  $effect(() => {
    const listen = (event: MessageEvent): void => {
      if (event.source === parent) obey(replay, event.data);
    };
    addEventListener('message', listen);
    return () => removeEventListener('message', listen);
  });
  const complete = $derived(replay.load.state === 'Complete');
  $effect(() => {
    if (complete) tell('ready');
  });
  let played = false;
  $effect(() => {
    const running = replay.running;
    if (running) tell('play');
    else if (played) tell(replay.mode === 'Live' ? 'ended' : 'pause');
    played ||= running;
    if (!running) return;
    const timer = setInterval(() => tell('timeupdate'), TELL_EVERY);
    return () => clearInterval(timer);
  });
}
