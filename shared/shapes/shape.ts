import type { PointerKind } from '../event.ts';
import type { AuthorNumber, Millis, ShapeId } from '../ids.ts';
import type { Ink } from '../ink.ts';
import type { Attributes, Touches } from '../settings.ts';
import type { Style } from '../style.ts';

/** Names of the kinds in `kinds.ts`; the events carry them. */
export type KindName =
  | 'pen'
  | 'highlighter'
  | 'rectangle'
  | 'ellipse'
  | 'diamond'
  | 'triangle'
  | 'line'
  | 'arrow'
  | 'text'
  | 'note'
  | 'frame'
  | 'image';

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
  /** Place in the stack, from the back: the revision at which it was started, until somebody gives it another. */
  readonly z: number;
  readonly startedAt: Millis;
  readonly ink: Ink;
  /** Still being drawn. */
  readonly open: boolean;
  readonly erasure: Erasure | null;
  readonly attributes: Attributes;
  /** Who changed what of it last; what nobody did is as it was made. */
  readonly touched: Touches;
}

/** Whether its samples are a line that can be cut, and not only corners. */
export const isInk = ({ kind }: Pick<Shape, 'kind'>): boolean => kind === 'pen' || kind === 'highlighter';
