import type { Board } from '../../../shared/board.ts';
import { boundsOfBoard } from '../../../shared/shapes/stack.ts';
import { unreachable } from '../../../shared/unreachable.ts';
import type { BoardView } from '../../board.svelte.ts';
import { atFullSize, type Camera, fitted, type Size, startCamera, zoomedIn, zoomedOut } from '../../canvas/camera.ts';
import type { Replay } from '../../replay/replay.svelte.ts';
import type { ToolName } from '../../tools/tools.ts';
import type { BoardDialog } from './board-dialog.ts';
import type { Action } from './shortcuts.ts';

/** CSS pixels at the top and at the bottom of the sheet that docks lie over, and what is left free beside the drawing. */
const DOCK = 68;
const MARGIN = 24;

/** One board's page: the live board or a moment of it, the tool in hand, and what lies open over it. */
export class Desk {
  readonly #view: BoardView;
  readonly #replay: Replay;
  #tool = $state<ToolName>('Pen');
  camera = $state.raw<Camera>(startCamera);
  size = $state.raw<Size>({ width: 0, height: 0 });
  dialog = $state<BoardDialog | null>(null);
  peopleOpen = $state(false);

  readonly past: boolean = $derived.by(() => this.#replay.mode !== 'Live');
  readonly viewer: boolean = $derived.by(() => this.#view.me.role === 'viewer');
  /** Nothing can be drawn: the past is over, or the link is one to watch. */
  readonly readonly: boolean = $derived(this.past || this.viewer);
  /** What is on the sheet. */
  readonly board: Board = $derived.by(() => this.#replay.board ?? this.#view.board);

  constructor(view: BoardView, replay: Replay) {
    this.#view = view;
    this.#replay = replay;
  }

  /** Who may only watch has a hand and nothing else. */
  get tool(): ToolName {
    return this.viewer ? 'Hand' : this.#tool;
  }

  set tool(tool: ToolName) {
    this.#tool = tool;
  }

  /** Looks at everything there is, or at the middle of an empty sheet. */
  fit(): void {
    const bounds = boundsOfBoard(this.board);
    const { width, height } = this.size;
    if (!bounds) {
      this.camera = { x: -width / 2, y: -height / 2, zoom: 1 };
      return;
    }
    const camera = fitted(bounds, { width, height: height - 2 * DOCK }, MARGIN);
    this.camera = { ...camera, y: camera.y - DOCK / camera.zoom };
  }

  act = (action: Action): void => {
    switch (action) {
      case 'Undo':
        if (!this.readonly && this.#view.canUndo) this.#view.undo();
        return;
      case 'Redo':
        if (!this.readonly && this.#view.canRedo) this.#view.redo();
        return;
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
      case 'PlayOrPause':
        return this.#replay.toggle();
      case 'GoLive':
        return this.#replay.goLive();
      case 'Shortcuts':
        this.dialog = 'Shortcuts';
        return;
      default:
        return unreachable(action);
    }
  };
}
