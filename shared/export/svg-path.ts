import { type TracedPath, tracePath } from '../shapes/path.ts';
import { svgNumber } from './svg-text.ts';

/** A path as SVG path data, relative to the point before to save digits, without drift: each end is rounded once. */
export function svgPathData(path: TracedPath, digits: number): string {
  const scale = 10 ** digits;
  const parts: string[] = [];
  let [x, y] = [0, 0];
  const place = (toX: number, toY: number): [number, number] => [
    Math.round((path.x + toX) * scale) / scale,
    Math.round((path.y + toY) * scale) / scale,
  ];
  const step = ([toX, toY]: [number, number]): string => pair(svgNumber(toX - x, digits), svgNumber(toY - y, digits));
  tracePath(path, {
    moveTo(toX, toY) {
      [x, y] = place(toX, toY);
      parts.push(`M${pair(svgNumber(x, digits), svgNumber(y, digits))}`);
    },
    lineTo(toX, toY) {
      const end = place(toX, toY);
      parts.push(`l${step(end)}`);
      [x, y] = end;
    },
    quadraticCurveTo(controlX, controlY, toX, toY) {
      const end = place(toX, toY);
      parts.push(`q${step(place(controlX, controlY))} ${step(end)}`);
      [x, y] = end;
    },
    closePath() {
      parts.push('z');
    },
  });
  return parts.join('');
}

/** A minus sign separates as well as a space. */
const pair = (x: string, y: string): string => (y.startsWith('-') ? x + y : `${x} ${y}`);
