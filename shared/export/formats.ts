import type { ExportFormat } from './format.ts';
import { json } from './json.ts';
import { svg } from './svg.ts';

/** Every such format. A new one is a file and a line here. */
export const formats = { svg, json } as const satisfies Record<string, ExportFormat>;

export type FormatName = keyof typeof formats;

export const isFormatName = (text: string): text is FormatName => Object.hasOwn(formats, text);
