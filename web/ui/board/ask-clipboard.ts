import { isMac } from '../platform.ts';
import { toasts } from '../toasts.svelte.ts';
import { shownChord } from './shortcuts.ts';

const chords = { copy: 'Mod+c', cut: 'Mod+x' } as const;

/** Has the browser do what the keys do, the only way to that: pages cannot write their own kinds of things otherwise. */
export function askClipboard(command: keyof typeof chords): void {
  if (!document.execCommand(command)) {
    toasts.show(`This browser only does that by ${shownChord(chords[command], isMac)}.`);
  }
}
