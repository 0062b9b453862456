import type { Command, Rejection } from '../../shared/command.ts';
import type { PointerKind } from '../../shared/event.ts';
import type { Box } from '../../shared/geometry.ts';
import type { Shape } from '../../shared/shapes/shape.ts';
import type { Style } from '../../shared/style.ts';
import type { Camera } from '../canvas/camera.ts';

/** Where the pointer was at a time. CSS pixels from the canvas's corner; pressure 0 … 1; ms on any steady clock. */
export interface PointerSample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly time: number;
}

/** What a tool works on. */
export interface Sheet {
  readonly camera: Camera;
  moveCamera(camera: Camera): void;
  readonly pen: Style;
  propose(command: Command): Rejection | null;
  nextGesture(): number;
  /** Shapes that may show in a box of the board. */
  shapesIn(box: Box): readonly Shape[];
}

/** What a press of the pointer does until it is let go: a state machine, samples in, commands out. */
export interface Gesture {
  move(samples: readonly PointerSample[]): void;
  /** Proposes what has gathered. Called about once a frame, so that a gesture is not a command for each sample. */
  flush(): void;
  /** The pointer was let go, or taken away: what was done stays. */
  end(): void;
  /** It was not meant: as if it had never begun. */
  takeBack(): void;
}

export type ToolCursor =
  { readonly shape: 'Circle'; readonly diameter: number; readonly filled: boolean } | { readonly shape: 'OpenHand' };

/** The port of a tool. Nothing in it knows of the browser. */
export interface Tool {
  /** What its button is called: see the accessible names in DESIGN.md. */
  readonly name: string;
  readonly icon: string;
  /** Single keys, lower case. */
  readonly shortcuts: readonly string[];
  /** Changes the board: of no use to those who may only look. */
  readonly draws: boolean;
  cursor(pen: Style, zoom: number): ToolCursor;
  /** Null where nothing can be done here and now. */
  begin(sample: PointerSample, pointer: PointerKind, sheet: Sheet): Gesture | null;
}
