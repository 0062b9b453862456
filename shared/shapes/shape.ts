import type { PointerKind, Style } from '../event.ts';
import type { AuthorNumber, Millis, Revision, ShapeId } from '../ids.ts';
import type { Ink } from '../ink.ts';

/** Names of the kinds in `kinds.ts`; the events carry them. */
export type KindName = 'pen';

/** Which gesture took a shape away: only undoing that one brings it back. */
export interface Erasure {
  readonly by: AuthorNumber;
  readonly gesture: number;
}

/** A thing on the board. What its ink means is for its kind to say. */
export interface Shape {
  readonly id: ShapeId;
  readonly kind: KindName;
  readonly style: Style;
  readonly pointer: PointerKind;
  readonly author: AuthorNumber;
  /** Place in the stack, from the back: the revision at which it was started. */
  readonly z: Revision;
  readonly startedAt: Millis;
  readonly ink: Ink;
  /** Still being drawn. */
  readonly open: boolean;
  readonly erasure: Erasure | null;
}
