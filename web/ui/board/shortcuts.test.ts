import { describe, expect, it } from 'vitest';
import { actionFor, shortcuts, shownChord } from './shortcuts.ts';

const press = (key: string, held: Partial<KeyboardEvent> = {}) => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

describe('shortcuts', () => {
  it('knows undo and redo by the keys of every system', () => {
    expect(actionFor(press('z', { ctrlKey: true }))).toBe('Undo');
    expect(actionFor(press('z', { metaKey: true }))).toBe('Undo');
    expect(actionFor(press('Z', { metaKey: true, shiftKey: true }))).toBe('Redo');
    expect(actionFor(press('y', { ctrlKey: true }))).toBe('Redo');
  });

  it('takes + and ? with whatever Shift the keyboard needs for them', () => {
    expect(actionFor(press('+', { shiftKey: true }))).toBe('ZoomIn');
    expect(actionFor(press('?', { shiftKey: true }))).toBe('Shortcuts');
  });

  it('leaves what is not its own to the browser', () => {
    expect(actionFor(press('z'))).toBeNull();
    expect(actionFor(press('p', { ctrlKey: true }))).toBeNull();
    expect(actionFor(press('+', { ctrlKey: true }))).toBeNull();
    expect(actionFor(press('0', { altKey: true }))).toBeNull();
  });

  it('has no chord twice', () => {
    const chords = shortcuts.flatMap((shortcut) => shortcut.chords);
    expect(new Set(chords).size).toBe(chords.length);
  });

  it('shows chords as the system writes them', () => {
    expect(shownChord('Shift+Mod+z', true)).toBe('⇧⌘Z');
    expect(shownChord('Mod+y', false)).toBe('Ctrl+Y');
    expect(shownChord('Shift+Mod+z', false)).toBe('Ctrl+Shift+Z');
    expect(shownChord('Shift+h', false)).toBe('Shift+H');
    expect(shownChord('+', false)).toBe('+');
    expect(shownChord('-', true)).toBe('−');
  });
});
