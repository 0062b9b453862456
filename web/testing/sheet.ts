// A sheet for tests: a real replica behind it, no screen before it.

import type { Board } from '../../shared/board.ts';
import type { Command, Rejection } from '../../shared/command.ts';
import type { Style } from '../../shared/style.ts';
import type { Position } from '../../shared/geometry.ts';
import { type ClientId, type ShapeId, shapeId } from '../../shared/ids.ts';
import { type Sample, unpackSamples, NIB_AT_ORIGIN } from '../../shared/samples.ts';
import { inkSamples } from '../../shared/ink.ts';
import { getFrom } from '../../shared/persistent-map.ts';
import { createReplica, nextGesture, propose, type Replica } from '../../shared/replica.ts';
import { clipOf, edgesOn } from '../../shared/shapes/frames.ts';
import { shownShapes, stackedShapes } from '../../shared/shapes/stack.ts';
import type { Camera } from '../canvas/camera.ts';
import type { EraserMode, PointerSample, Sheet } from '../tools/tool.ts';

export interface TestSheet extends Sheet {
  camera: Camera;
  look: Style;
  eraser: EraserMode;
  grid: number | null;
  readonly board: Board;
  readonly commands: readonly Command[];
  /** The types of the commands so far: `StartStroke ExtendStroke EndStroke`. */
  readonly story: string;
  /** The samples of the strokes on the board, from the back to the front. */
  readonly strokes: readonly (readonly Sample[])[];
  selection: readonly ShapeId[];
  /** What an editor was opened for. */
  readonly written: (ShapeId | Position)[];
  /** Links that were opened. */
  readonly opened: string[];
  /** The samples of each stroke that was shown as it would likely be. */
  readonly foreseen: (readonly Sample[])[];
  /** From now on every command of this type is refused. */
  refuse(type: Command['type']): void;
}

export function testSheet(camera: Camera = { x: 0, y: 0, zoom: 1 }): TestSheet {
  let replica: Replica = createReplica({
    client: 'AAAAAAAAAAAA.1' as ClientId,
    name: 'Ada',
    color: 'blue',
    role: 'editor',
  });
  const commands: Command[] = [];
  const refused = new Set<string>();
  return {
    camera,
    look: { color: 'ink', width: 4 },
    eraser: 'whole',
    grid: null,
    selection: [],
    commands,
    get board() {
      return replica.optimistic;
    },
    get story() {
      return commands.map(({ type }) => type).join(' ');
    },
    get strokes() {
      return stackedShapes(replica.optimistic).map(({ ink }) => inkSamples(ink));
    },
    moveCamera(next) {
      this.camera = next;
    },
    propose(command): Rejection | null {
      commands.push(command);
      if (refused.has(command.type)) return { code: 'NotAllowed', message: 'Refused by the test.' };
      const result = propose(replica, command);
      if ('rejection' in result) return result.rejection;
      replica = result.replica;
      return null;
    },
    nextGesture: () => nextGesture(replica),
    idOf: (number) => shapeId(replica.author.client, number),
    style() {
      return this.look;
    },
    shape: (id) => getFrom(replica.optimistic.shapes, id),
    select(shapes) {
      this.selection = shapes;
    },
    made(shapes) {
      this.selection = shapes;
    },
    show: () => undefined,
    foreseen: [],
    foresee(stroke) {
      this.foreseen.push(inkSamples(stroke.ink));
    },
    write(where) {
      this.written.push(where);
    },
    opened: [],
    open(link) {
      this.opened.push(link);
    },
    written: [],
    shapesIn: (box) => shownShapes(replica.optimistic, box).map(({ shape }) => shape),
    clipOf: (shape) => clipOf(shape, edgesOn(replica.optimistic)),
    refuse: (type) => refused.add(type),
  };
}

/** A pointer's way from one point to another in a number of samples, 8 ms apart. */
export function way(from: [number, number], to: [number, number], count: number, start = 0): PointerSample[] {
  return Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0 : i / (count - 1);
    return {
      x: from[0] + (to[0] - from[0]) * share,
      y: from[1] + (to[1] - from[1]) * share,
      pressure: 0.5,
      time: start + i * 8,
    };
  });
}

/** How many samples a command carries. */
export function samplesOf(command: Command | undefined): number {
  if (command?.type !== 'StartStroke' && command?.type !== 'ExtendStroke') return 0;
  return unpackSamples(command.samples, 0, NIB_AT_ORIGIN).length;
}
