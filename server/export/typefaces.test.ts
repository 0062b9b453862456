import { expect, test } from 'vitest';
import { defaultExport } from '../../shared/export/options.ts';
import type { Family, Weight } from '../../shared/style.ts';
import { boardOf, strokeOf } from '../../shared/testing/stroke.ts';
import { pngOf } from './png.ts';
import { typefaceFiles, unpackWoff } from './typefaces.ts';

const written = (text: string, family: Family, weight: Weight) =>
  boardOf([
    { ...strokeOf({ points: [[0, 0]], kind: 'text', style: { size: 40, family, weight } }), attributes: { text } },
  ]);
const picture = (text: string, family: Family, weight: Weight = 'normal'): Uint8Array =>
  pngOf(written(text, family, weight), defaultExport);
const look = (...letters: Parameters<typeof picture>): string => Buffer.from(picture(...letters)).toString('base64');

test('[N22] text is in a picture that the server makes, in every typeface and beyond the Latin letters', () => {
  for (const family of ['sans', 'serif', 'mono', 'hand'] as const) {
    const empty = picture(' ', family).length;
    expect(picture('Hello', family).length, family).toBeGreaterThan(empty + 300);
  }
  const looks = new Set((['sans', 'serif', 'mono', 'hand'] as const).map((family) => look('Hello', family)));
  expect(looks.size).toBe(4);
  expect(picture('Привет', 'sans').length).toBeGreaterThan(picture('', 'sans').length + 300);
});

test('[V13] letters of other alphabets are in their own typeface and weight, also beside Latin ones', () => {
  for (const letters of ['Привет', 'Ωμέγα', 'Ďěčín', 'a Привет']) {
    const looks = (['sans', 'serif', 'mono'] as const).flatMap((family) =>
      (['normal', 'bold'] as const).map((weight) => look(letters, family, weight)),
    );
    expect(new Set(looks).size, letters).toBe(6);
  }
});

test('what is no WOFF is no typeface', () => {
  expect(typefaceFiles().length).toBeGreaterThan(20);
  expect(() => unpackWoff(Buffer.from('OTTO and something'))).toThrow('begins with wOFF');
});
