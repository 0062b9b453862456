import type { Board } from '../../../shared/board.ts';
import type { Command, Rejection } from '../../../shared/command.ts';
import { type Box, boxesMeet, type Position, unionOf } from '../../../shared/geometry.ts';
import type { ShapeId } from '../../../shared/ids.ts';
import { getFrom } from '../../../shared/persistent-map.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import type { Shape } from '../../../shared/shapes/shape.ts';
import { boundsOfBoard } from '../../../shared/shapes/stack.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import type { BoardView } from '../../board.svelte.ts';
import {
  atFullSize,
  boxInSight,
  type Camera,
  fitted,
  type Size,
  startCamera,
  toScreen,
  zoomedIn,
  zoomedOut,
} from '../../canvas/camera.ts';
import type { Replay } from '../../replay/replay.svelte.ts';
import { mayBeWrittenOn } from '../../tools/select/select.ts';
import type { Tool } from '../../tools/tool.ts';
import { type ToolName, toolNamed } from '../../tools/tools.ts';
import type { BoardDialog } from './board-dialog.ts';
import { Drawing } from './drawing.svelte.ts';
import { openLink } from './links.ts';
import { viewChoice } from './view-choice.svelte.ts';
import { bringBack } from './moment-acts.ts';
import { type Action, isOf, isSelectionAction, type SelectionAction } from './shortcuts.ts';

/** CSS pixels at the top and at the bottom of the sheet that docks lie over, and what is left free beside the drawing. */
const DOCK = 68;
const MARGIN = 24;
/** ms of playing time that J and L go. */
const SKIP = 5_000;

interface DeskHost {
  readonly propose: (command: Command) => Rejection | null;
  /** Lets the person pick images, and puts them on the board. */
  readonly pickImages: () => void;
}

/** One board's page: the live board or a moment of it, the tool in hand, and what lies open over it. */
export class Desk {
  readonly #host: DeskHost;
  readonly #view: BoardView;
  readonly #replay: Replay;
  readonly drawing: Drawing;
  #tool = $state<ToolName>('Pen');
  camera = $state.raw<Camera>(startCamera);
  size = $state.raw<Size>({ width: 0, height: 0 });
  dialog = $state<BoardDialog | null>(null);
  peopleOpen = $state(false);
  /** Where a menu is open over the sheet, in CSS pixels, and whose hands were there. */
  menu = $state.raw<(Position & { readonly shapes: readonly Shape[]; readonly traces: readonly Shape[] }) | null>(null);

  readonly past: boolean = $derived.by(() => this.#replay.mode !== 'Live');
  readonly viewer: boolean = $derived.by(() => this.#view.me.role === 'viewer');
  /** Nothing can be drawn: the past is over, or the link is one to watch. */
  readonly readonly: boolean = $derived(this.past || this.viewer);
  /** What is on the sheet. */
  readonly board: Board = $derived.by(() => this.#replay.board ?? this.#view.board);

  constructor(view: BoardView, replay: Replay, host: DeskHost) {
    this.#host = host;
    this.#view = view;
    this.#replay = replay;
    this.drawing = new Drawing({
      view,
      propose: host.propose,
      board: () => this.board,
      whose: () => this.#replay.shownWhose,
      readonly: () => this.readonly,
      takeSelect: () => (this.#tool = 'Select'),
    });
  }

  /** The instant that is shown. */
  get playhead(): number {
    return this.#replay.playhead;
  }

  /** Who may only watch has a hand and nothing else. */
  get tool(): ToolName {
    return this.viewer ? 'Hand' : this.#tool;
  }

  set tool(tool: ToolName) {
    if ((toolNamed(tool) as Tool).picksImages) {
      if (!this.readonly) this.#host.pickImages();
      return;
    }
    this.#tool = tool;
    if (tool !== 'Select') this.drawing.select([]);
  }

  /** Opens the menu of these shapes, which are selected then, or of the board, at a place of the sheet. */
  openMenu = ({ x, y }: Position, shapes: readonly ShapeId[], traces: readonly Shape[]): void => {
    if (!this.viewer) {
      if (shapes.length > 0) this.tool = 'Select';
      this.drawing.select(shapes);
    }
    this.menu = { x, y, traces, shapes: shapes.flatMap((id) => getFrom(this.board.shapes, id) ?? []) };
  };

  /** Opens the menu of what is selected, or of the board, where there is no pointer. */
  openMenuHere(): void {
    const [first, ...others] = this.drawing.shapes.map((shape) => kindOf(shape).bounds(shape));
    const { width, height } = this.size;
    const box = first && others.reduce(unionOf, first);
    const at = box ? toScreen(this.camera, (box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2) : { x: -1, y: -1 };
    const isInSight = at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height;
    this.openMenu(isInSight ? at : { x: width / 2, y: height / 2 }, this.drawing.selection, []);
  }

  /** Whether an action does anything just now. */
  offers(action: Action): boolean {
    if (action === 'Undo') return !this.readonly && this.#view.canUndo;
    if (action === 'Redo') return !this.readonly && this.#view.canRedo;
    if (action === 'SelectAll' || action === 'NextThing' || action === 'ThingBefore') return !this.viewer;
    return this.answers(action);
  }

  /** Whether an action's keys are its own just now, or the browser's. */
  answers(action: Action): boolean {
    return !isSelectionAction(action) || (isOf(action, this.past) && this.drawing.selection.length > 0);
  }

  /** Looks at everything there is, or at the middle of an empty sheet. */
  fit(): void {
    const bounds = boundsOfBoard(this.board);
    const { width, height } = this.size;
    if (bounds) this.#look(bounds);
    else this.camera = { x: -width / 2, y: -height / 2, zoom: 1 };
  }

  #look(bounds: Box): void {
    const { width, height } = this.size;
    const camera = fitted(bounds, { width, height: height - 2 * DOCK }, MARGIN);
    this.camera = { ...camera, y: camera.y - DOCK / camera.zoom };
  }

  /** Looks back at an instant. */
  lookBackAt = (at: number): void => this.#replay.seek(at);

  act = (action: Action): void => {
    switch (action) {
      case 'Undo':
        if (this.offers(action)) this.#view.undo();
        return;
      case 'Redo':
        if (this.offers(action)) this.#view.redo();
        return;
      case 'SelectAll':
        if (!this.viewer) this.drawing.selectAll();
        return;
      case 'NextThing':
        return this.#selectNext(1);
      case 'ThingBefore':
        return this.#selectNext(-1);
      case 'ZoomIn':
        this.camera = zoomedIn(this.camera, this.size);
        return;
      case 'ZoomOut':
        this.camera = zoomedOut(this.camera, this.size);
        return;
      case 'ZoomWhole':
        this.camera = atFullSize(this.camera, this.size);
        return;
      case 'ZoomFit':
        return this.fit();
      case 'Map':
        return viewChoice.map.toggle();
      case 'Present':
        return viewChoice.present.toggle();
      case 'Grid':
        return viewChoice.grid.toggle();
      case 'Snap':
        return viewChoice.snap.toggle();
      case 'PlayOrPause':
        return this.#replay.toggle();
      case 'SkipBack':
        return this.#replay.skip(-SKIP);
      case 'SkipForward':
        return this.past ? this.#replay.skip(SKIP) : undefined;
      case 'StepBack':
        return this.#replay.stepBy(-1, 'Gesture');
      case 'StepForward':
        return this.#replay.stepBy(1, 'Gesture');
      case 'ShortStepBack':
        return this.#replay.stepBy(-1, 'Commit');
      case 'ShortStepForward':
        return this.#replay.stepBy(1, 'Commit');
      case 'Repeat':
        return this.#replay.markLoop();
      case 'GoToStart':
        return this.#replay.hasPast ? this.#replay.seek(this.#replay.span.from) : undefined;
      case 'GoLive':
        return this.#replay.goLive();
      case 'TimelineIn':
        return this.#replay.sight.step(1);
      case 'TimelineOut':
        return this.#replay.sight.step(-1);
      case 'TimelineAll':
        return this.#replay.sight.all();
      case 'Commands':
        this.dialog = 'Commands';
        return;
      case 'Shortcuts':
        this.dialog = 'Shortcuts';
        return;
      default:
        return this.#actOnSelection(action);
    }
  };

  #selectNext(step: 1 | -1): void {
    if (this.viewer) return;
    this.drawing.selectNext(step);
    const [shape] = this.drawing.shapes;
    if (shape && !isInSight(kindOf(shape).bounds(shape), this.camera, this.size)) this.act('ZoomSelection');
  }

  #actOnSelection(action: SelectionAction): void {
    if (!isOf(action, this.past)) return;
    const { drawing } = this;
    switch (action) {
      case 'Deselect':
        return drawing.select([]);
      case 'ZoomSelection': {
        const boxes = drawing.shapes.map((shape) => kindOf(shape).bounds(shape));
        if (boxes.length > 0) this.#look(boxes.reduce(unionOf));
        return;
      }
      case 'Write': {
        const [shape] = drawing.shapes;
        return shape && mayBeWrittenOn(shape) ? drawing.write(shape.id) : undefined;
      }
      case 'Details':
        if (drawing.shapes.length > 0) this.dialog = 'Details';
        return;
      case 'OpenLink': {
        const link = drawing.shapes[0]?.attributes.link;
        return link ? openLink(link) : undefined;
      }
      case 'BringBack':
        return bringBack(drawing.taken, this, this.#view.board);
      case 'Erase':
        return drawing.erase();
      case 'Duplicate':
        return drawing.duplicate();
      case 'Group':
        return drawing.group();
      case 'Ungroup':
        return drawing.ungroup();
      case 'Lock':
        return drawing.toggleLock();
      case 'ToFront':
        return drawing.restack('front');
      case 'Forward':
        return drawing.restack('forward');
      case 'Backward':
        return drawing.restack('backward');
      case 'ToBack':
        return drawing.restack('back');
      case 'FlipAcross':
        return drawing.flip('x');
      case 'FlipDown':
        return drawing.flip('y');
      default:
        return unreachable(action);
    }
  }
}

const isInSight = (box: Box, camera: Camera, size: Size): boolean => boxesMeet(box, boxInSight(camera, size));
