import type { Theme } from '../../../shared/color.ts';
import { type ExportOptions, defaultExport } from '../../../shared/export/options.ts';
import { type Box, boxOf } from '../../../shared/geometry.ts';
import { MAX_COORDINATE } from '../../../shared/limits.ts';
import type { Moment } from '../../past.ts';
import { momentOf } from './moment.ts';
import { decimalOf } from './query.ts';

export interface ExportQuery {
  /** Absent: the present. */
  readonly at: Moment | null;
  readonly options: ExportOptions;
}

export const MIN_SCALE = 0.01;
export const MAX_SCALE = 32;

/** What an export's query asks for, or all that is wrong with it. */
export function exportQueryOf(query: URLSearchParams): ExportQuery | { readonly faults: readonly string[] } {
  const faults: string[] = [];
  const read = <Value>(
    name: string,
    fallback: Value,
    parse: (text: string) => Value | undefined,
    must: string,
  ): Value => {
    const text = query.get(name);
    if (text === null) return fallback;
    const value = parse(text);
    if (value === undefined) faults.push(`${name} must be ${must}`);
    return value ?? fallback;
  };
  const at = read<Moment | null>(
    'at',
    null,
    (text) => momentOf(text) ?? undefined,
    'a revision, an ISO time with its zone (2026-03-02T09:30:00Z), or milliseconds since 1970',
  );
  const region = read<Box | null>('region', null, regionOf, 'x,y,width,height in board units, with a size above 0');
  const options = {
    ...defaultExport,
    ...(region ? { region } : {}),
    scale: read('scale', defaultExport.scale, scaleOf, `a number from ${MIN_SCALE} to ${MAX_SCALE}`),
    theme: read('theme', defaultExport.theme, themeOf, 'paper or night'),
    background: read('background', defaultExport.background, trueOrFalse, 'true or false'),
  };
  return faults.length > 0 ? { faults } : { at, options };
}

function regionOf(text: string): Box | undefined {
  const [x = NaN, y = NaN, width = NaN, height = NaN, ...more] = text.split(',').map((part) => decimalOf(part.trim()));
  const fits = [x, y, x + width, y + height].every((side) => Math.abs(side) <= 2 * MAX_COORDINATE);
  return fits && width > 0 && height > 0 && more.length === 0 ? boxOf(x, y, width, height) : undefined;
}

function scaleOf(text: string): number | undefined {
  const scale = decimalOf(text);
  return scale >= MIN_SCALE && scale <= MAX_SCALE ? scale : undefined;
}

const themeOf = (text: string): Theme | undefined => (text === 'paper' || text === 'night' ? text : undefined);

const trueOrFalse = (text: string): boolean | undefined =>
  text === 'true' ? true : text === 'false' ? false : undefined;
