import { squaredDistanceToSegment } from '../geometry.ts';
import { type Figure, tracePath } from './path.ts';

const PARTS_OF_CURVE = 4;

/** Whether a figure's line comes within `radius` of (x, y), or the point lies inside of it where `inside` counts. */
export function figureHit(figure: Figure, x: number, y: number, radius: number, inside: boolean): boolean {
  const [px, py] = [x - figure.x, y - figure.y];
  const reach = (radius + figure.width / 2) ** 2;
  let near = false;
  let crossings = 0;
  let [fromX, fromY, startX, startY] = [0, 0, 0, 0];
  const side = (toX: number, toY: number): void => {
    near ||= squaredDistanceToSegment(px, py, fromX, fromY, toX, toY) <= reach;
    // Of a ray to the right: a point is inside where it crosses the edge an odd number of times.
    if (fromY > py !== toY > py && px < fromX + ((py - fromY) / (toY - fromY)) * (toX - fromX)) crossings++;
    [fromX, fromY] = [toX, toY];
  };
  tracePath(figure, {
    moveTo: (toX, toY) => void ([fromX, fromY, startX, startY] = [toX, toY, toX, toY]),
    lineTo: side,
    quadraticCurveTo(controlX, controlY, toX, toY) {
      const [beginX, beginY] = [fromX, fromY];
      for (let i = 1; i <= PARTS_OF_CURVE; i++) {
        const t = i / PARTS_OF_CURVE;
        const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
        side(a * beginX + b * controlX + c * toX, a * beginY + b * controlY + c * toY);
      }
    },
    closePath: () => side(startX, startY),
  });
  return near || (inside && crossings % 2 === 1);
}
