import { describe, expect, it } from 'vitest';
import type { Family } from '../style.ts';
import { type Face, faceRule, facesFor } from './faces.ts';

const face = (family: string, ranges: string): Face => ({ family, weight: '100 900', ranges, address: '' });
const latin = face('Inter Variable', 'U+0000-00FF,U+0131');
const cyrillic = face('Inter Variable', 'U+0301, U+0400-045f');
const hand = face('Caveat Variable', 'U+0000-00FF');
const faces = [latin, cyrillic, hand];

const letters = (texts: Partial<Record<Family, string>>) =>
  new Map(Object.entries(texts).map(([family, text]) => [family as Family, new Set(text)]));

describe('the faces of an exported SVG', () => {
  it('[E17] are those that its letters need', () => {
    expect(facesFor(letters({}), faces)).toEqual([]);
    expect(facesFor(letters({ sans: 'Plan' }), faces)).toEqual([latin]);
    expect(facesFor(letters({ sans: 'План' }), faces)).toEqual([cyrillic]);
    expect(facesFor(letters({ sans: 'ı', hand: 'ж' }), faces)).toEqual([latin]);
    expect(facesFor(letters({ sans: 'Plan, план', hand: 'Plan' }), faces)).toEqual(faces);
    expect(facesFor(letters({ sans: 'Plan' }), [face('sans-serif', 'U+0000-00FF'), face('', 'U+0-FF')])).toEqual([]);
    expect(facesFor(letters({ mono: 'code', sans: '🙂' }), faces)).toEqual([]);
  });

  it('[E17] are rules with their files in them', () => {
    expect(faceRule(hand, 'AAAA')).toBe(
      "@font-face{font-family:'Caveat Variable';font-weight:100 900;src:url(data:font/woff2;base64,AAAA) format('woff2');unicode-range:U+0000-00FF}",
    );
  });
});
