// Every shortcut of the board page that belongs to no tool. Tools bring their own: `web/tools/tools.ts`.

/** What is done with what is selected: of no meaning where nothing is. */
const selectionActions = [
  'Deselect',
  'Write',
  'Erase',
  'Duplicate',
  'Group',
  'Ungroup',
  'Lock',
  'ToFront',
  'Forward',
  'Backward',
  'ToBack',
  'FlipAcross',
  'FlipDown',
  'ZoomSelection',
  'Details',
  'OpenLink',
  'BringBack',
] as const;
export type SelectionAction = (typeof selectionActions)[number];

/** What of that is done in the past, where nothing can be changed; the last of it only there. */
const pastActions: ReadonlySet<SelectionAction> = new Set(['Deselect', 'ZoomSelection', 'OpenLink', 'BringBack']);
export const isOf = (action: SelectionAction, past: boolean): boolean =>
  past ? pastActions.has(action) : action !== 'BringBack';

export type Action =
  | SelectionAction
  | 'Undo'
  | 'Redo'
  | 'SelectAll'
  | 'NextThing'
  | 'ThingBefore'
  | 'ZoomIn'
  | 'ZoomOut'
  | 'ZoomWhole'
  | 'ZoomFit'
  | 'PlayOrPause'
  | 'SkipBack'
  | 'SkipForward'
  | 'StepBack'
  | 'StepForward'
  | 'ShortStepBack'
  | 'ShortStepForward'
  | 'GoToStart'
  | 'Repeat'
  | 'GoLive'
  | 'TimelineIn'
  | 'TimelineOut'
  | 'TimelineAll'
  | 'Map'
  | 'Present'
  | 'Grid'
  | 'Snap'
  | 'Commands'
  | 'Shortcuts';

export const isSelectionAction = (action: Action): action is SelectionAction =>
  (selectionActions as readonly Action[]).includes(action);

interface Shortcut {
  readonly action: Action;
  readonly label: string;
  /** `KeyboardEvent.key`, lower case; `Mod` is ⌘ on a Mac and Ctrl elsewhere. */
  readonly chords: readonly string[];
  /** Chords that are its own only while the timeline has the focus, which answers them itself. */
  readonly onTimeline?: readonly string[];
}

/** What the lists of them are headed by, in their order. */
export const shortcutGroups: readonly (readonly [heading: string, shortcuts: readonly Shortcut[]])[] = [
  [
    'Drawing',
    [
      { action: 'Undo', label: 'Undo what you did last', chords: ['Mod+z'] },
      { action: 'Redo', label: 'Redo', chords: ['Shift+Mod+z', 'Mod+y'] },
    ],
  ],
  [
    'What is selected',
    [
      { action: 'SelectAll', label: 'Select everything', chords: ['Mod+a'] },
      { action: 'Deselect', label: 'Select nothing', chords: ['escape'] },
      { action: 'NextThing', label: 'Select the next thing', chords: ['pagedown'] },
      { action: 'ThingBefore', label: 'Select the thing before', chords: ['pageup'] },
      { action: 'Write', label: 'Write on what is selected', chords: ['enter'] },
      { action: 'Erase', label: 'Delete what is selected', chords: ['delete', 'backspace'] },
      { action: 'Duplicate', label: 'Duplicate', chords: ['Mod+d'] },
      { action: 'Group', label: 'Group', chords: ['Mod+g'] },
      { action: 'Ungroup', label: 'Ungroup', chords: ['Shift+Mod+g'] },
      { action: 'Lock', label: 'Lock or unlock', chords: ['Shift+Mod+l'] },
      { action: 'ToFront', label: 'Bring to the front', chords: ['Mod+]'] },
      { action: 'Forward', label: 'Bring one step forward', chords: [']'] },
      { action: 'Backward', label: 'Send one step back', chords: ['['] },
      { action: 'ToBack', label: 'Send to the back', chords: ['Mod+['] },
      { action: 'FlipAcross', label: 'Flip left to right', chords: ['Shift+h'] },
      { action: 'FlipDown', label: 'Flip top to bottom', chords: ['Shift+v'] },
      { action: 'Details', label: 'Link and description', chords: ['u'] },
      { action: 'OpenLink', label: 'Open its link', chords: ['Shift+u'] },
    ],
  ],
  [
    'The sheet',
    [
      { action: 'ZoomIn', label: 'Zoom in', chords: ['+', '='] },
      { action: 'ZoomOut', label: 'Zoom out', chords: ['-'] },
      { action: 'ZoomWhole', label: 'Zoom to 100 %', chords: ['0'] },
      { action: 'ZoomFit', label: 'See everything', chords: ['1'] },
      { action: 'ZoomSelection', label: 'See what is selected', chords: ['2'] },
      { action: 'Map', label: 'Show or hide the map', chords: ['Shift+m'] },
      { action: 'Grid', label: 'Show or hide the grid', chords: ["Mod+'"] },
      { action: 'Snap', label: 'Keep to the grid, or no more', chords: ["Shift+Mod+'", 'Shift+Mod+"'] },
    ],
  ],
  [
    'The past',
    [
      { action: 'PlayOrPause', label: 'Play or pause', chords: ['k'] },
      { action: 'SkipBack', label: 'Five seconds back', chords: ['j'] },
      { action: 'SkipForward', label: 'Five seconds on', chords: ['l'] },
      { action: 'StepBack', label: 'To the gesture before', chords: [','] },
      { action: 'StepForward', label: 'To the next gesture', chords: ['.'] },
      { action: 'ShortStepBack', label: 'One event back', chords: ['<'] },
      { action: 'ShortStepForward', label: 'One event on', chords: ['>'] },
      { action: 'Repeat', label: 'Repeat from here, then up to here', chords: ['b'] },
      { action: 'GoToStart', label: 'To the beginning', chords: ['home'] },
      { action: 'GoLive', label: 'Go live', chords: ['end'] },
      { action: 'Present', label: 'In the past, show or hide the present', chords: ['Shift+n'] },
      { action: 'BringBack', label: 'In the past, bring back what is selected', chords: ['Shift+b'] },
      { action: 'TimelineIn', label: 'See less of the timeline', chords: [], onTimeline: ['+'] },
      { action: 'TimelineOut', label: 'See more of the timeline', chords: [], onTimeline: ['-'] },
      { action: 'TimelineAll', label: 'See all of the timeline', chords: [], onTimeline: ['0'] },
    ],
  ],
  [
    'Help',
    [
      { action: 'Commands', label: 'Find a command', chords: ['Mod+k'] },
      { action: 'Shortcuts', label: 'Show this list', chords: ['?'] },
    ],
  ],
];

export const shortcuts: readonly Shortcut[] = shortcutGroups.flatMap(([, group]) => group);

type KeyPress = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** The chord of a key press, as `chords` writes it. Of signs Shift counts only with ⌘ or Ctrl: it makes `+` and `?`. */
export function chordOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyPress): string | null {
  if (altKey) return null;
  const mod = ctrlKey || metaKey;
  const shift = shiftKey && (mod || /^[a-z]$/i.test(key));
  return `${shift ? 'Shift+' : ''}${mod ? 'Mod+' : ''}${key.toLowerCase()}`;
}

export function actionFor(press: KeyPress): Action | null {
  const chord = chordOf(press);
  return shortcuts.find(({ chords }) => chords.some((own) => own === chord))?.action ?? null;
}

const named: Readonly<Record<string, string>> = {
  escape: 'Esc',
  enter: 'Enter',
  delete: 'Del',
  backspace: 'Backspace',
  pagedown: 'Page ↓',
  pageup: 'Page ↑',
  home: 'Home',
  end: 'End',
};

/** The shortcut as it is shown to a person, with the keys in the order of the system: `⇧⌘Z`, `Ctrl+Shift+Z`. */
export function shownChord(chord: string, mac: boolean): string {
  const parts = chord === '+' ? ['+'] : chord.split('+');
  if (!mac && parts[0] === 'Shift' && parts[1] === 'Mod') parts.splice(0, 2, 'Mod', 'Shift');
  const shown = parts.map((part) => {
    if (part === 'Mod') return mac ? '⌘' : 'Ctrl';
    if (part === 'Shift') return mac ? '⇧' : 'Shift';
    if (part === '-') return '−';
    if (part.length > 1) return named[part] ?? part;
    return part.toUpperCase();
  });
  return shown.join(mac ? '' : '+');
}

export const labelOf = (action: Action): string =>
  shortcuts.find((shortcut) => shortcut.action === action)?.label ?? action;

export function shownShortcut(action: Action, mac: boolean): string {
  const chord = shortcuts.find((shortcut) => shortcut.action === action)?.chords[0];
  return chord === undefined ? '' : shownChord(chord, mac);
}

/** Whether a key press is text for a field, or answers a button, and not a shortcut. */
export function isForElement(press: KeyPress, target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (
    target.closest('input:not([type="radio"], [type="checkbox"], [type="range"]), textarea, select, [contenteditable]')
  ) {
    return true;
  }
  return press.key === ' ' && target.closest('button, a, [role="slider"], [role="menuitem"], input') !== null;
}
