import type { Board } from '../../../shared/board.ts';
import type { Command, Rejection } from '../../../shared/command.ts';
import { type Position, unionOf } from '../../../shared/geometry.ts';
import { type ClientId, type ShapeId, shapeId } from '../../../shared/ids.ts';
import { MAX_SHAPES_PER_COMMAND } from '../../../shared/limits.ts';
import { type Matrix, scaling, translation } from '../../../shared/matrix.ts';
import { getFrom, valuesOf } from '../../../shared/persistent-map.ts';
import { NIB_AT_ORIGIN, packSamples } from '../../../shared/samples.ts';
import type { Restorer } from '../../../shared/restoring.ts';
import type { Settings } from '../../../shared/settings.ts';
import { kindOf } from '../../../shared/shapes/kinds.ts';
import { withBelongings } from '../../../shared/shapes/frames.ts';
import type { KindName, Shape } from '../../../shared/shapes/shape.ts';
import type { Style } from '../../../shared/style.ts';
import type { Whose } from '../../../shared/whose.ts';
import type { BoardView } from '../../board.svelte.ts';
import { GRID } from '../../tools/on-grid.ts';
import { lettingGo } from '../../tools/holding.ts';
import { copyShapes } from '../../tools/select/copy.ts';
import type { EraserMode, Sheet, Tool } from '../../tools/tool.ts';
import { toolNamed, type ToolName } from '../../tools/tools.ts';
import type { PlacedImage } from './place-images.ts';
import { openLink } from './links.ts';
import { viewChoice } from './view-choice.svelte.ts';
import { styleChoice } from './style-choice.svelte.ts';
import { type Alignment, alignments, type Step, restacked } from './arrange.ts';

/** Board units that a copy lies beside what it was made of. */
const BESIDE = 16;
/** ms between two nudges that belong together. */
const NUDGE_PAUSE = 800;

/** What is being written: a shape's text, or a text that begins at a place. */
export type Writing = { readonly shape: ShapeId } | { readonly at: Position };

interface DrawingHost {
  readonly view: BoardView;
  readonly propose: (command: Command) => Rejection | null;
  /** What is on the sheet, live or past, and whose hands show there. */
  readonly board: () => Board;
  readonly whose: () => Whose;
  readonly readonly: () => boolean;
  /** Takes the tool that looks after what was made. */
  readonly takeSelect: () => void;
}

/** What this person has in hand on a board, and what they do with it. */
export class Drawing implements Pick<
  Sheet,
  'style' | 'eraser' | 'grid' | 'propose' | 'nextGesture' | 'idOf' | 'select' | 'write' | 'open' | 'made'
> {
  readonly #host: DrawingHost;
  #selection = $state.raw<readonly ShapeId[]>([]);
  writing = $state.raw<Writing | null>(null);

  /** What is selected and seen on the sheet: the same things there as now, as they are there. */
  readonly shapes: readonly Shape[] = $derived.by(() => {
    return this.#seen(this.#selection.flatMap((id) => getFrom(this.#board.shapes, id) ?? []));
  });
  readonly selection: readonly ShapeId[] = $derived(this.shapes.map(({ id }) => id));
  /** Those that can be changed: in the past none. */
  readonly changeable: readonly Shape[] = $derived.by(() => (this.#host.readonly() ? [] : this.shapes));

  constructor(host: DrawingHost) {
    this.#host = host;
  }

  get #inHand(): readonly ShapeId[] {
    return this.changeable.map(({ id }) => id);
  }

  get #board(): Board {
    return this.#host.board();
  }

  /** What is selected, and what belongs to the frames among it: these are not taken away without. */
  get taken(): readonly Shape[] {
    return this.#seen(withBelongings(this.#board, this.shapes));
  }

  /** Those that are not hidden with their author. */
  #seen(shapes: readonly Shape[]): readonly Shape[] {
    const whose = this.#host.whose();
    return shapes.filter(({ author }) => whose.get(author) !== 'Hidden');
  }

  get eraser(): EraserMode {
    return styleChoice.eraser;
  }

  get grid(): number | null {
    return viewChoice.snap.on ? GRID : null;
  }

  style = (kind: KindName): Style => styleChoice.of(kind);
  /** What the choice of looks shows: of what is selected, or of what a tool makes. */
  shown = (tool: ToolName): Style => {
    const { kind = 'pen' }: Tool = toolNamed(tool);
    return this.changeable[0]?.style ?? styleChoice.of(kind);
  };
  propose = (command: Command): Rejection | null => this.#host.propose(command);
  nextGesture = (): number => this.#host.view.nextGesture();
  idOf = (number: number): ShapeId => shapeId(this.#client, number);
  /** What brings things of the past back, next. */
  restorer = (): Restorer => ({ client: this.#client, gesture: this.nextGesture() });

  get #client(): ClientId {
    const { client } = this.#host.view.me;
    if (!client) throw new Error('Nobody draws before the board is here.');
    return client;
  }

  select = (shapes: readonly ShapeId[]): void => {
    this.#selection = shapes;
  };

  write = (where: ShapeId | Position): void => {
    if (this.#host.readonly()) return;
    this.writing = typeof where === 'string' ? { shape: where } : { at: where };
  };

  open = openLink;

  made = (shapes: readonly ShapeId[]): void => {
    this.#host.takeSelect();
    this.select(shapes);
  };

  selectAll(): void {
    const all = [...valuesOf(this.#board.shapes)].filter(({ open, attributes }) => !open && !attributes.locked);
    this.#host.takeSelect();
    this.select(all.map(({ id }) => id));
  }

  /** The next thing in the stack's order, or the one before: how the keyboard gets to each. */
  selectNext(step: 1 | -1): void {
    const all = [...valuesOf(this.#board.shapes)].filter(({ open }) => !open).sort((a, b) => a.z - b.z);
    if (all.length === 0) return;
    const at = all.findIndex(({ id }) => id === this.selection.at(-1));
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
    this.#host.takeSelect();
    if (next) this.select([next.id]);
  }

  /** Of a frame alone only the frame: what belonged to it is no longer cut. */
  erase(shapes: readonly Shape[] = this.changeable): void {
    const gesture = this.nextGesture();
    const ids = shapes.map(({ id }) => id);
    for (const some of inRuns(ids)) this.propose({ type: 'EraseShapes', gesture, shapes: some });
    this.select([]);
  }

  duplicate(): void {
    this.place(withBelongings(this.#board, this.changeable), translation(BESIDE, BESIDE));
  }

  /** Puts copies on the board, and takes them in hand. */
  place(shapes: readonly Shape[], by: Matrix): void {
    if (shapes.length === 0) return;
    this.made(copyShapes(this, shapes, this.nextGesture(), by));
  }

  /** Puts a text on the board, its left top corner at a point. */
  placeText(text: string, at: Position): void {
    const gesture = this.nextGesture();
    const { samples } = packSamples([{ ...at, pressure: 0.5, dt: 0 }], 3, NIB_AT_ORIGIN);
    const style = this.style('text');
    const rejection = this.propose({
      type: 'PlaceShape',
      gesture,
      number: gesture + 1,
      kind: 'text',
      style,
      pointer: 'mouse',
      precision: 3,
      samples,
      settings: { text },
    });
    if (!rejection) this.made([this.idOf(gesture + 1)]);
  }

  /** Puts images on the board, all in one gesture. */
  placeImages(images: readonly PlacedImage[]): void {
    const gesture = this.nextGesture();
    const made = images.flatMap(({ image, from, to }, i) => {
      const number = gesture + 1 + i;
      const corners = [from, to].map((corner) => ({ ...corner, pressure: 0.5, dt: 0 }));
      const rejection = this.propose({
        type: 'PlaceShape',
        gesture,
        number,
        kind: 'image',
        style: this.style('image'),
        pointer: 'mouse',
        precision: 3,
        samples: packSamples(corners, 3, NIB_AT_ORIGIN).samples,
        settings: { image: image.id },
      });
      return rejection ? [] : [this.idOf(number)];
    });
    if (made.length > 0) this.made(made);
  }

  move(by: Matrix, gesture = this.nextGesture(), taken = withBelongings(this.#board, this.changeable)): void {
    const letGo = lettingGo(taken);
    if (letGo.size > 0) this.setEach(letGo, gesture);
    const ids = taken.map(({ id }) => id);
    for (const shapes of inRuns(ids)) this.propose({ type: 'MoveShapes', gesture, shapes, matrix: by });
  }

  #nudging: { readonly gesture: number; readonly at: number; readonly taken: readonly ShapeId[] } | null = null;

  /**
   * Presses that follow one another within a moment are one gesture, unless something else was done between them. What
   * they take along is settled by the first: a frame takes in nothing on its way.
   */
  nudge(x: number, y: number): void {
    const now = performance.now();
    const next = this.nextGesture();
    const goesOn = this.#nudging && now - this.#nudging.at < NUDGE_PAUSE && this.#nudging.gesture === next - 1;
    const gesture = goesOn && this.#nudging ? this.#nudging.gesture : next;
    const taken =
      goesOn && this.#nudging
        ? this.#nudging.taken.flatMap((id) => getFrom(this.#board.shapes, id) ?? [])
        : withBelongings(this.#board, this.changeable);
    this.#nudging = { gesture, at: now, taken: taken.map(({ id }) => id) };
    this.move(translation(x, y), gesture, taken);
  }

  set(settings: Settings, shapes: readonly ShapeId[] = this.#inHand): void {
    const gesture = this.nextGesture();
    for (const some of inRuns(shapes))
      this.propose({ type: 'ChangeShapes', gesture, shapes: some, settings: [settings] });
  }

  /** Each with its own. */
  setEach(settings: ReadonlyMap<ShapeId, Settings>, gesture = this.nextGesture()): void {
    for (const shapes of inRuns([...settings.keys()])) {
      const each = shapes.map((id) => settings.get(id) ?? {});
      this.propose({ type: 'ChangeShapes', gesture, shapes, settings: each });
    }
  }

  group(): void {
    const [first, second] = this.#inHand;
    if (first && second) this.set({ group: first });
  }

  ungroup(): void {
    this.set({ group: '' });
  }

  toggleLock(): void {
    this.set({ locked: !this.changeable.every(({ attributes }) => attributes.locked) });
  }

  restack(step: Step): void {
    this.setEach(restacked([...valuesOf(this.#board.shapes)], this.#inHand, step));
  }

  align(alignment: Alignment): void {
    const boxes = this.changeable.map((shape) => ({ shape, box: kindOf(shape).bounds(shape) }));
    const moves = alignments[alignment](boxes.map(({ box }) => box));
    const gesture = this.nextGesture();
    // Settled before anything moves: what belongs to one frame may come to lie in another.
    const taken = boxes.map(({ shape }) =>
      withBelongings(this.#board, [shape])
        .map(({ id }) => id)
        .filter((id) => id === shape.id || !this.selection.includes(id)),
    );
    for (const [i, ids] of taken.entries()) {
      const by = moves[i];
      if (!by || (by.x === 0 && by.y === 0)) continue;
      const matrix = translation(by.x, by.y);
      for (const some of inRuns(ids)) this.propose({ type: 'MoveShapes', gesture, shapes: some, matrix });
    }
  }

  flip(axis: 'x' | 'y'): void {
    const [first, ...others] = this.changeable.map((shape) => kindOf(shape).bounds(shape));
    if (!first) return;
    const box = others.reduce(unionOf, first);
    const middle = { x: (box.minX + box.maxX) / 2, y: (box.minY + box.maxY) / 2 };
    this.move(scaling(axis === 'x' ? -1 : 1, axis === 'y' ? -1 : 1, middle));
  }
}

function* inRuns(shapes: readonly ShapeId[]): Generator<readonly ShapeId[]> {
  for (let i = 0; i < shapes.length; i += MAX_SHAPES_PER_COMMAND) yield shapes.slice(i, i + MAX_SHAPES_PER_COMMAND);
}
