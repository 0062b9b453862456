import type { AuthorNumber, ClientId, Millis, Revision, ShapeId } from './ids.ts';
import type { Color } from './color.ts';
import type { Access } from './roles.ts';
import type { Samples } from './samples.ts';
import type { KindName } from './shapes/shape.ts';

/** What drew a stroke: a pen's pressure is real, a mouse's or finger's is not. */
export type PointerKind = 'mouse' | 'pen' | 'touch';

export interface Style {
  readonly color: Color;
  /** Board units, a multiple of 1/8. */
  readonly width: number;
}

/** Why shapes came or went: a gesture of the author, done, undone or done again. */
export interface GestureStep {
  /** The number of the author's gesture; a stroke's gesture has the number of its shape. */
  readonly gesture: number;
  readonly step: 'do' | 'undo' | 'redo';
}

/** Facts. Never changed once recorded; what is to look different later is another event. */
export type BoardEvent =
  | {
      readonly type: 'BoardCreated';
      readonly title: string;
      readonly access: Access;
      /** SHA-256 in base64url of the secrets in the board's links; absent where the link needs none. */
      readonly editKeyHash?: string;
      readonly viewKeyHash?: string;
    }
  | { readonly type: 'BoardRenamed'; readonly title: string }
  | { readonly type: 'AuthorJoined'; readonly client: ClientId; readonly name: string; readonly color: Color }
  | { readonly type: 'AuthorChanged'; readonly name: string; readonly color: Color }
  | {
      readonly type: 'StrokeStarted';
      /** With the author's client this makes the ShapeId. */
      readonly number: number;
      readonly kind: KindName;
      readonly style: Style;
      readonly pointer: PointerKind;
      /** The samples' step is 2^-precision board units. */
      readonly precision: number;
      readonly samples: Samples;
    }
  /** Adds to the author's open stroke: each client draws one at a time. */
  | { readonly type: 'StrokeExtended'; readonly samples: Samples }
  | { readonly type: 'StrokeEnded' }
  | ({ readonly type: 'ShapesErased'; readonly shapes: readonly ShapeId[] } & GestureStep)
  | ({ readonly type: 'ShapesRestored'; readonly shapes: readonly ShapeId[] } & GestureStep);

/** An event in its place. */
export interface RecordedEvent {
  readonly revision: Revision;
  readonly at: Millis;
  readonly by: AuthorNumber;
  /** How many of the author's commands this event settles: 0 for all but the first event of a command. */
  readonly settles: number;
  readonly event: BoardEvent;
}

/** What was made durable together: the unit of the log, of the wire and of a recording. All its events have one time. */
export interface Commit {
  /** The revision that these events follow. */
  readonly after: Revision;
  readonly at: Millis;
  readonly events: readonly RecordedEvent[];
}
