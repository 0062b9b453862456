import { type Color, isColor } from '../shared/color.ts';
import { isParticipantId, type ParticipantId } from '../shared/ids.ts';
import { MAX_NAME_LENGTH } from '../shared/limits.ts';
import { cleanText } from '../shared/text.ts';
import type { Self } from './board-client.ts';
import { personColors } from './net/color-here.ts';

/** Where an identity outlives the page: localStorage, where the browser lets us. */
export type IdentityStorage = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'retrace.identity';
const secretPattern = /^[A-Za-z0-9_-]{24,128}$/;
/** Random bytes of a secret. */
const SECRET_BYTES = 24;

const manners = [
  'Quick',
  'Calm',
  'Bright',
  'Brave',
  'Gentle',
  'Merry',
  'Keen',
  'Sunny',
  'Swift',
  'Witty',
  'Lucky',
  'Bold',
];
const animals = ['Heron', 'Otter', 'Fox', 'Lynx', 'Wren', 'Badger', 'Falcon', 'Hare', 'Finch', 'Seal', 'Owl', 'Marten'];

/** Who sits before this browser: the same in all its tabs, and for all its boards. */
export class Identity implements Self {
  readonly #storage: IdentityStorage | null;
  readonly #listeners = new Set<() => void>();
  /** Whoever sends it is this person: it goes nowhere but to the server. A tab keeps the one that it began with. */
  readonly secret: string;
  #name = $state('');
  #color = $state<Color>('ink');
  #colorChosen = $state(false);
  #participant: ParticipantId | null;

  constructor(storage: IdentityStorage | null, randomBytes: (count: number) => Uint8Array) {
    this.#storage = storage;
    const kept = read(storage);
    this.secret = kept.secret ?? base64url(randomBytes(SECRET_BYTES));
    this.#participant = kept.secret === null ? null : kept.participant;
    const [manner = 0, animal = 0, color = 0] = randomBytes(3);
    this.#name = kept.name ?? `${manners[manner % manners.length]} ${animals[animal % animals.length]}`;
    this.#color = kept.color ?? personColors[color % personColors.length] ?? 'blue';
    this.#colorChosen = kept.colorChosen;
    this.#write();
  }

  get name(): string {
    return this.#name;
  }

  get color(): Color {
    return this.#color;
  }

  /** By the person, and not by chance. */
  get colorChosen(): boolean {
    return this.#colorChosen;
  }

  get participant(): ParticipantId | null {
    return this.#participant;
  }

  /** A name that says nothing leaves the one before, as null does the colour: what is given is chosen. */
  change(name: string, color: Color | null): void {
    const next = cleanText(name, MAX_NAME_LENGTH) || this.#name;
    if (this.#take(next, color ?? this.#color, this.#colorChosen || color !== null)) this.#write();
  }

  /** Calls this at every change of name or colour, here or in another tab. Returns what ends that. */
  onchange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the server made of the secret. */
  remember(participant: ParticipantId): void {
    if (participant === this.#participant) return;
    this.#participant = participant;
    this.#write();
  }

  /** Another tab wrote: its name and colour count for this one too. */
  reread(): void {
    const { name, color, colorChosen } = read(this.#storage);
    this.#take(name ?? this.#name, color ?? this.#color, color === null ? this.#colorChosen : colorChosen);
  }

  #take(name: string, color: Color, colorChosen: boolean): boolean {
    if (name === this.#name && color === this.#color && colorChosen === this.#colorChosen) return false;
    this.#name = name;
    this.#color = color;
    this.#colorChosen = colorChosen;
    for (const listener of this.#listeners) listener();
    return true;
  }

  #write(): void {
    const { secret, name, color, colorChosen, participant } = this;
    try {
      this.#storage?.setItem(KEY, JSON.stringify({ secret, name, color, colorChosen, participant }));
    } catch {
      // Refused or full: it lasts as long as the page.
    }
  }
}

interface KeptIdentity {
  readonly secret: string | null;
  readonly name: string | null;
  readonly color: Color | null;
  readonly colorChosen: boolean;
  readonly participant: ParticipantId | null;
}

/** What the storage has; null for what it lacks, or what is not as it should be. */
function read(storage: IdentityStorage | null): KeptIdentity {
  let kept: Readonly<Record<string, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(storage?.getItem(KEY) ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) kept = parsed as Readonly<Record<string, unknown>>;
  } catch {
    // As if there were nothing.
  }
  const text = (name: string): string => (typeof kept[name] === 'string' ? kept[name] : '');
  const [secret, color, participant] = [text('secret'), text('color'), text('participant')];
  return {
    secret: secretPattern.test(secret) ? secret : null,
    name: cleanText(text('name'), MAX_NAME_LENGTH) || null,
    color: isColor(color) ? color : null,
    colorChosen: isColor(color) && kept['colorChosen'] === true,
    participant: isParticipantId(participant) ? participant : null,
  };
}

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

let own: Identity | undefined;

/** The identity of whoever sits before this browser. */
export function ownIdentity(): Identity {
  if (!own) {
    const identity = new Identity(storageOf(window), (count) => crypto.getRandomValues(new Uint8Array(count)));
    window.addEventListener('storage', ({ key }) => (key === KEY || key === null) && identity.reread());
    own = identity;
  }
  return own;
}

/** Merely to look at the storage throws where it is refused. */
function storageOf(page: Window): IdentityStorage | null {
  try {
    return page.localStorage;
  } catch {
    return null;
  }
}
