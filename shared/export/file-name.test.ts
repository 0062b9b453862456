import { expect, test } from 'vitest';
import { fileName } from './file-name.ts';

test.each([
  ['Plan', 'Plan.svg'],
  ['Lesson 3: cells', 'Lesson 3 cells.svg'],
  ['', 'Untitled board.svg'],
  ['..', 'Untitled board.svg'],
  ['  ..  ', 'Untitled board.svg'],
  ['../../etc/passwd', 'etc passwd.svg'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a b c d e f g h i j.svg'],
  ['a\u0000b\nc<script>"|?*', 'a b c script.svg'],
  ['gpj.\u202egnp', 'gpj. gnp.svg'],
  ['Zeichnung für Žofie 🎨', 'Zeichnung für Žofie 🎨.svg'],
])('[N22] the title %j names the file %j', (title, name) => {
  expect(fileName(title, 'svg')).toBe(name);
});

test.each(['🎈', '漢', 'a '])(
  '[N22] a name of many %j is short enough for any file system, and cuts no letter in two',
  (letter) => {
    const name = fileName(letter.repeat(500), 'png');
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255);
    expect(name).not.toMatch(/\p{Surrogate}/u);
    expect(name).toMatch(/[^. ]\.png$/u);
  },
);
