// What the address of a peer's page asks for, and how such a page begins.

import type { Camera } from '../../canvas/camera.ts';
import { handStrokes, type HandStroke } from '../hand-strokes.ts';

export interface Peer {
  /** ms that making the strokes in its own form took, which is not its work. */
  making: number;
  takePen?: () => void;
  look?: (camera: Camera) => void;
}

const query = new URLSearchParams(location.search);
const number = (name: string): number => Number(query.get(name));

export const asked = {
  strokes: number('strokes'),
  height: number('height'),
  camera: { x: number('x'), y: number('y'), zoom: number('zoom') },
};

/** `make` gives the strokes the peer's own form, and returns what shows them. */
export function startPeer(make: (strokes: readonly HandStroke[]) => () => void): void {
  const began = performance.now();
  const show = make(handStrokes(asked.strokes, asked.height));
  const peer: Peer = { making: performance.now() - began };
  Object.assign(globalThis, { peer });
  show();
}
