import type { Board } from '../../shared/board.ts';
import type { Command, Rejection } from '../../shared/command.ts';
import type { PointerKind } from '../../shared/event.ts';
import type { Box, Position } from '../../shared/geometry.ts';
import type { ShapeId } from '../../shared/ids.ts';
import type { Tilt } from '../../shared/samples.ts';
import type { Edge } from '../../shared/shapes/frames.ts';
import type { KindName, Shape } from '../../shared/shapes/shape.ts';
import type { Style } from '../../shared/style.ts';
import type { Camera } from '../canvas/camera.ts';

/** Where the pointer was at a time. CSS pixels from the canvas's corner; pressure 0 … 1; ms on any steady clock. */
export interface PointerSample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  /** How a pen leans, where that is known. */
  readonly tilt?: Tilt;
  readonly time: number;
  /** Keys held meanwhile; not said where there is no keyboard. */
  readonly shift?: boolean;
  readonly alt?: boolean;
}

/** What a tool shows over the board while it is used, in board units. */
export interface Overlay {
  /** What is being selected. */
  readonly marquee?: Box;
  /** A loop that is being drawn around what is to be selected. */
  readonly lasso?: readonly Position[];
  /** Lines that a moved thing was drawn to, and a straight line that is not drawn yet. */
  readonly guides?: readonly (readonly [Position, Position])[];
  /** The corners of what a line is about to hold to. */
  readonly edge?: readonly Position[];
  /** A way that fades, as a laser's. */
  readonly loop?: readonly Position[];
}

export type EraserMode = 'whole' | 'part';

/** What a tool works on. */
export interface Sheet {
  readonly camera: Camera;
  moveCamera(camera: Camera): void;
  /** How the next shape of a kind is to look. */
  style(kind: KindName): Style;
  readonly eraser: EraserMode;
  /** Board units between the places that what is drawn and moved keeps to; null: anywhere. */
  readonly grid: number | null;
  propose(command: Command): Rejection | null;
  /** A number for a gesture or a shape: higher than any before. */
  nextGesture(): number;
  /** The id of this replica's shape with a number. */
  idOf(number: number): ShapeId;
  /** Shapes that may show in a box of the board. */
  shapesIn(box: Box): readonly Shape[];
  /** The edge of a frame at which a shape is cut; nothing beyond it can be pressed. */
  clipOf(shape: Shape): Edge | null;
  readonly board: Board;
  shape(id: ShapeId): Shape | undefined;
  /** What is taken in hand: changes go to these. */
  readonly selection: readonly ShapeId[];
  select(shapes: readonly ShapeId[]): void;
  show(overlay: Overlay): void;
  /** Shows a stroke that is being drawn as it will likely be in a frame, until the next frame or two. */
  foresee(stroke: Shape): void;
  /** Opens the editor of a shape's text, or of a text that begins at a place. */
  write(where: ShapeId | Position): void;
  /** Opens the address that a thing leads to. */
  open(link: string): void;
  /** Something was made that is to be looked after now: takes the tool for that. */
  made(shapes: readonly ShapeId[]): void;
}

/** What a press of the pointer does until it is let go: a state machine, samples in, commands out. */
export interface Gesture {
  /** `ahead`: where the browser expects the pointer next, if it does. */
  move(samples: readonly PointerSample[], ahead?: readonly PointerSample[]): void;
  /** Proposes what has gathered. Called about once a frame, so that a gesture is not a command for each sample. */
  flush(): void;
  /** The pointer is down and has not moved for a while. */
  rest?(): void;
  /** The pointer was let go, or taken away: what was done stays. */
  end(): void;
  /** It was not meant: as if it had never begun. */
  takeBack(): void;
}

export type ToolCursor =
  | { readonly shape: 'Circle'; readonly diameter: number; readonly filled: boolean }
  | { readonly shape: 'OpenHand' }
  /** A name of CSS. */
  | { readonly shape: 'Named'; readonly name: string };

/** The port of a tool. Nothing in it knows of the browser. */
export interface Tool {
  /** What its button is called, by people and by programs that drive the page: never changed. */
  readonly name: string;
  readonly icon: string;
  /** Single keys, lower case. */
  readonly shortcuts: readonly string[];
  /** Changes the board: of no use to those who may only look. */
  readonly draws: boolean;
  /** What it is of one that draws over a board that cannot be changed, as the past cannot. */
  readonly overPast?: Tool;
  /** Asks for files of images as soon as it is taken, and is not taken in hand. */
  readonly picksImages?: boolean;
  /** What it makes: its look is chosen for it. */
  readonly kind?: KindName;
  cursor(style: Style, zoom: number): ToolCursor;
  /** The cursor over something. */
  hover?(sample: PointerSample, sheet: Sheet): ToolCursor;
  /** Null where nothing can be done here and now. */
  begin(sample: PointerSample, pointer: PointerKind, sheet: Sheet): Gesture | null;
  /** A second press right after the first. */
  twice?(sample: PointerSample, sheet: Sheet): void;
}
