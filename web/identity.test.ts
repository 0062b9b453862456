import { describe, expect, test } from 'vitest';
import type { ParticipantId } from '../shared/ids.ts';
import { Identity, type IdentityStorage } from './identity.svelte.ts';

const KEY = 'retrace.identity';

function storage(kept?: unknown): IdentityStorage & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  if (kept !== undefined) values.set(KEY, typeof kept === 'string' ? kept : JSON.stringify(kept));
  return { values, getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value) };
}

const bytes = (value: number) => (count: number) => new Uint8Array(count).fill(value);
const secret = 'kept-secret-of-24-characters-or-more';
const participant = 'participant1' as ParticipantId;

describe('somebody new', () => {
  test('[C27] has a secret nobody can guess, a friendly name and a colour, and is the same on the next page', () => {
    const kept = storage();
    const first = new Identity(kept, (count) => crypto.getRandomValues(new Uint8Array(count)));
    expect(first.secret).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect(first.name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(first.participant).toBeNull();
    first.remember(participant);
    const next = new Identity(kept, bytes(0));
    expect(next).toMatchObject({ secret: first.secret, name: first.name, color: first.color, participant });
  });

  test('[C27] chance decides on all of it', () => {
    const [one, two] = [new Identity(null, bytes(0)), new Identity(null, bytes(1))];
    expect(one.secret).not.toBe(two.secret);
    expect(one.name).not.toBe(two.name);
    expect(one.color).not.toBe(two.color);
  });
});

test('[C31] a colour is chosen once it was given, here or in another tab, and that is kept', () => {
  const kept = storage();
  const [one, other] = [new Identity(kept, bytes(0)), new Identity(kept, bytes(0))];
  one.change('Ann', null);
  expect(one).toMatchObject({ name: 'Ann', color: 'red', colorChosen: false });
  one.change('Ann', 'red');
  other.reread();
  for (const identity of [one, other, new Identity(kept, bytes(1))]) {
    expect(identity).toMatchObject({ color: 'red', colorChosen: true });
  }
});

describe('what was kept', () => {
  test.each([
    ['nothing at all', 'null'],
    ['no JSON', '{"secret":'],
    ['another form', [1, 2]],
    ['a short secret', { secret: 'abc', name: 7, color: 'plaid', participant: '!' }],
  ])('[C27] %s is as good as nothing', (_, kept) => {
    const identity = new Identity(storage(kept), bytes(0));
    expect(identity).toMatchObject({ name: 'Quick Heron', color: 'red', participant: null });
    expect(identity.secret).toMatch(/^A{32}$/);
  });

  test('[C27] a participant that belongs to another secret is forgotten with it', () => {
    expect(new Identity(storage({ secret: 'short', participant }), bytes(0)).participant).toBeNull();
    expect(new Identity(storage({ secret, participant }), bytes(0)).participant).toBe(participant);
  });

  test('[C27] a browser that refuses keeps it as long as the page', () => {
    const refusing: IdentityStorage = {
      getItem: () => {
        throw new DOMException('Denied', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('Full', 'QuotaExceededError');
      },
    };
    const identity = new Identity(refusing, bytes(0));
    identity.change('Ann', 'teal');
    expect(identity).toMatchObject({ name: 'Ann', color: 'teal' });
  });
});

describe('changes', () => {
  test('[C26] are told once, kept, and seen by the other tabs', () => {
    const kept = storage({ secret, name: 'Ann', color: 'blue', participant });
    const [here, there] = [new Identity(kept, bytes(0)), new Identity(kept, bytes(1))];
    const told: string[] = [];
    here.onchange(() => told.push('here'));
    const stop = there.onchange(() => told.push('there'));
    here.change('  Anna ', 'red');
    here.change('Anna', 'red');
    there.reread();
    there.reread();
    expect(told).toEqual(['here', 'there']);
    expect(there).toMatchObject({ secret, name: 'Anna', color: 'red' });
    stop();
    there.change('Ann', 'red');
    expect(told).toEqual(['here', 'there']);
  });

  test('[C26] a name is one that every server takes, and never empty', () => {
    const identity = new Identity(null, bytes(0));
    identity.change('   ', 'ink');
    expect(identity).toMatchObject({ name: 'Quick Heron', color: 'ink' });
    identity.change(`A\u202Enn\n${'x'.repeat(100)}`, 'ink');
    expect(identity.name).toHaveLength(40);
    expect(identity.name).toMatch(/^A nn x+$/);
  });

  test('[C27] a tab keeps the secret that it began with', () => {
    const kept = storage({ secret, name: 'Ann', color: 'blue' });
    const identity = new Identity(kept, bytes(0));
    kept.values.set(KEY, JSON.stringify({ secret: secret.toUpperCase(), name: 'Ben', color: 'red' }));
    identity.reread();
    expect(identity).toMatchObject({ secret, name: 'Ben', color: 'red' });
  });
});
