import { Subject } from 'rxjs';
import { expect, test } from 'vitest';
import type { Published } from './published.ts';
import { type Reader, Readers } from './readers.ts';

class NotedReader implements Reader {
  readonly heard: string[] = [];
  readonly #brokenBy: string;
  constructor(brokenBy = '') {
    this.#brokenBy = brokenBy;
  }
  published(): void {
    this.#note('published');
  }
  writable(writable: boolean): void {
    this.#note(`writable ${writable}`);
  }
  failed(): void {
    this.#note('failed');
  }
  ended(): void {
    this.#note('ended');
  }
  #note(what: string): void {
    this.heard.push(what);
    if (this.#brokenBy.includes(what)) throw new Error(what);
  }
}

function board() {
  const published$ = new Subject<Published>();
  const writable$ = new Subject<boolean>();
  return { published$, writable$, readers: new Readers(published$, writable$) };
}

test('[S7] one reader that breaks is let go, and the others hear all the same', () => {
  const { published$, writable$, readers } = board();
  const [broken, sound] = [new NotedReader('published failed'), new NotedReader()];
  readers.add(broken);
  readers.add(sound);
  published$.next({} as Published);
  writable$.next(false);
  expect(broken.heard).toEqual(['published', 'failed']);
  expect(sound.heard).toEqual(['published', 'writable false']);
});

test('[S7] who comes when the board has ended is told so, and a broken reader keeps it from nobody', () => {
  const { published$, readers } = board();
  const [broken, sound, late, gone] = [
    new NotedReader('ended'),
    new NotedReader(),
    new NotedReader(),
    new NotedReader(),
  ];
  for (const reader of [broken, gone, sound]) readers.add(reader);
  readers.remove(gone);
  published$.complete();
  readers.add(late);
  expect([broken.heard, sound.heard, late.heard, gone.heard]).toEqual([['ended', 'failed'], ['ended'], ['ended'], []]);
});
