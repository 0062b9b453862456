import type { Observable } from 'rxjs';
import type { Published } from './published.ts';

/** Somebody who reads a board. */
export interface Reader {
  published(published: Published): void;
  /** Whether the log takes events just now; each change once. */
  writable(writable: boolean): void;
  /** Nothing more comes: the log cannot be read, or telling the reader failed. */
  failed(error: unknown): void;
  /** Nothing more comes: the board is closed. */
  ended(): void;
}

/** All who read one board. They share its subscriptions: of their own, two would take a KiB for each of them. */
export class Readers {
  readonly #readers = new Set<Reader>();
  /** How it ended, for who comes later. */
  #end: ((reader: Reader) => void) | null = null;

  constructor(published$: Observable<Published>, writable$: Observable<boolean>) {
    writable$.subscribe((writable) => this.#tell((reader) => reader.writable(writable)));
    published$.subscribe({
      next: (published) => this.#tell((reader) => reader.published(published)),
      error: (error: unknown) => this.#endWith((reader) => reader.failed(error)),
      complete: () => this.#endWith((reader) => reader.ended()),
    });
  }

  add(reader: Reader): void {
    if (this.#end) this.#end(reader);
    else this.#readers.add(reader);
  }

  remove(reader: Reader): void {
    this.#readers.delete(reader);
  }

  #tell(tell: (reader: Reader) => void): void {
    for (const reader of this.#readers) {
      try {
        tell(reader);
      } catch (error) {
        this.#letGo(reader, error);
      }
    }
  }

  #endWith(end: (reader: Reader) => void): void {
    this.#end = end;
    this.#tell(end);
    this.#readers.clear();
  }

  /** What goes wrong with one is no matter of the others, nor of the board. */
  #letGo(reader: Reader, error: unknown): void {
    this.#readers.delete(reader);
    try {
      reader.failed(error);
    } catch {
      // It was told as well as it can be.
    }
  }
}
