import { type Path, tracePath } from '../shapes/path.ts';
import { svgNumber } from './svg-text.ts';

/** A path as SVG path data, relative to the point before to save digits, without drift: each end is rounded once. */
export function svgPathData(path: Path, digits: number): string {
  const scale = 10 ** digits;
  const place = (value: number): number => Math.round(value * scale) / scale;
  let data = '';
  let [x, y] = [0, 0];
  const step = (toX: number, toY: number): string => pair(svgNumber(toX - x, digits), svgNumber(toY - y, digits));
  tracePath(path, {
    moveTo(toX, toY) {
      [x, y] = [place(path.x + toX), place(path.y + toY)];
      data += `M${pair(svgNumber(x, digits), svgNumber(y, digits))}q`;
    },
    quadraticCurveTo(controlX, controlY, toX, toY) {
      const [endX, endY] = [place(path.x + toX), place(path.y + toY)];
      const separator = data.endsWith('q') ? '' : ' ';
      data += `${separator}${step(place(path.x + controlX), place(path.y + controlY))} ${step(endX, endY)}`;
      [x, y] = [endX, endY];
    },
    closePath() {
      data += 'z';
    },
  });
  return data;
}

/** A minus sign separates as well as a space. */
const pair = (x: string, y: string): string => (y.startsWith('-') ? x + y : `${x} ${y}`);
