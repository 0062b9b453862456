import { expect, it } from 'vitest';
import { initials } from './initials.ts';

it('takes the first letters of the first and last name, whole characters and not halves', () => {
  expect(['Ada Lovelace', 'ada', ' Grace  B. Hopper ', '🦊 Fox', ''].map(initials)).toEqual([
    'AL',
    'A',
    'GH',
    '🦊F',
    '?',
  ]);
});
