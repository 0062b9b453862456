import { fontWeights, typefaces } from '../letters/typefaces.ts';
import type { Inks } from '../shapes/inks.ts';
import type { Figure, Letters, Path } from '../shapes/path.ts';
import type { Align, Family } from '../style.ts';
import { unreachable } from '../unreachable.ts';
import type { ImageAddresses } from './format.ts';
import { svgPathData } from './svg-path.ts';
import { svgNumber, xmlText } from './svg-text.ts';

/** What stands for a line of letters between tags: at least text, and where a painter asks for it more. */
export type Lettering = (text: string, family: Family) => string;

/** The elements that show a path, from the back to the front. */
export function svgPath(
  path: Path,
  inks: Inks,
  digits: number,
  images: ImageAddresses,
  lettering: Lettering,
): string[] {
  const opacity = (share: number, name: string): string =>
    share * inks.opacity < 1 ? ` ${name}="${svgNumber(share * inks.opacity, 3)}"` : '';
  switch (path.kind) {
    case 'FilledLoop':
      return [`<path fill="${inks.color}"${opacity(1, 'fill-opacity')} d="${svgPathData(path, digits)}"/>`];
    case 'Polyline':
      return [
        `<path fill="none" ${line(inks.color, path.width)}${opacity(1, 'stroke-opacity')} d="${svgPathData(path, digits)}"/>`,
      ];
    case 'Figure': {
      const fill = path.fill > 0 ? `fill="${inks.color}"${opacity(path.fill, 'fill-opacity')}` : 'fill="none"';
      const stroke =
        path.width > 0 ? ` ${line(inks.color, path.width)}${opacity(1, 'stroke-opacity')}${dash(path)}` : '';
      const data = svgPathData(path, digits);
      const ground = `<path fill="${inks.sheet}"${opacity(1, 'fill-opacity')} d="${data}"/>`;
      return [...(path.opaque ? [ground] : []), `<path ${fill}${stroke} d="${data}"/>`];
    }
    case 'Letters':
      return [letters(path, inks, opacity(1, 'fill-opacity'), lettering)];
    case 'Image': {
      const address = path.image && images.get(path.image);
      if (!address) return svgPath(path.standIn, inks, digits, images, lettering);
      const { x, y, across, down } = path;
      const matrix = [across.x, across.y, down.x, down.y, x, y].map((number) => svgNumber(number, 4)).join(' ');
      return [
        `<image transform="matrix(${matrix})" width="1" height="1" preserveAspectRatio="none"${opacity(1, 'opacity')} href="${xmlText(address)}"/>`,
      ];
    }
    case 'Layers':
      return path.layers.flatMap((layer) => svgPath(layer, inks, digits, images, lettering));
    default:
      return unreachable(path);
  }
}

const line = (color: string, width: number): string =>
  `stroke="${color}" stroke-width="${svgNumber(width, 4)}" stroke-linecap="round" stroke-linejoin="round"`;

const dash = ({ dash: parts }: Figure): string =>
  parts.length > 0 ? ` stroke-dasharray="${parts.map((part) => svgNumber(part, 3)).join(' ')}"` : '';

/** As lines are broken, see letters/advances.ts. A property: SVG has no such attribute. */
const UNKERNED = 'style="font-kerning:none"';
/** Every space that is written. Browsers do not pass it on from a group. */
const SPACED = 'xml:space="preserve"';

const anchors: Readonly<Record<Align, string>> = { left: 'start', centre: 'middle', right: 'end' };

function letters(
  { x, y, angle, lines, size, family, weight, align, tone }: Letters,
  inks: Inks,
  opacity: string,
  lettering: Lettering,
): string {
  const turned = angle === 0 ? '' : ` rotate(${svgNumber((angle * 180) / Math.PI, 3)})`;
  const font = `font-family="${xmlText(typefaces[family])}" font-weight="${fontWeights[weight]}" font-size="${svgNumber(size, 3)}"`;
  const each = lines
    .filter(({ text }) => text !== '')
    .map(
      (one) =>
        `<text ${SPACED} x="${svgNumber(one.x, 3)}" y="${svgNumber(one.y, 3)}">${lettering(one.text, family)}</text>`,
    );
  return `<g ${UNKERNED} transform="translate(${svgNumber(x, 3)} ${svgNumber(y, 3)})${turned}" ${font} text-anchor="${anchors[align]}" fill="${inks.tones[tone]}"${opacity}>${each.join('')}</g>`;
}
