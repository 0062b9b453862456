// Tables of messages: for each member of a closed union its tag and, in their order, its fields.

import {
  expectOnly,
  type Fields,
  formOf,
  type JsonObject,
  type Part,
  partsFromJson,
  partsOf,
  partsToJson,
  readParts,
  writeParts,
} from './field.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import type { Upcasters } from './upcast.ts';
import { noSuchCode, WireError } from './wire-error.ts';

interface Tagged {
  readonly type: string;
}

export interface Row {
  readonly type: string;
  readonly tag: number;
  readonly parts: readonly Part[];
  /** Makes the present form of this one. */
  readonly upcast?: (old: object) => object;
}

/** A tag is never given to another type, nor to another form of its type. */
type RowOf<T extends Tagged> = readonly [
  tag: number,
  fields: Fields<Omit<T, 'type'>>,
  earlier?: Upcasters<Omit<T, 'type'>>,
];

export interface Rows<Union extends Tagged> {
  readonly byType: { readonly [Type in Union['type']]: Row };
  readonly byTag: readonly (Row | undefined)[];
}

export function rows<Union extends Tagged>(table: {
  readonly [Type in Union['type']]: RowOf<Extract<Union, { type: Type }>>;
}): Rows<Union> {
  const byTag: Row[] = [];
  const byType: Record<string, Row> = {};
  for (const [type, [tag, fields, earlier = []]] of Object.entries<RowOf<Tagged>>(table)) {
    byType[type] = byTag[tag] = { type, tag, parts: partsOf(type, fields) };
    for (const { tag, fields, upcast } of earlier) byTag[tag] = { type, tag, parts: partsOf(type, fields), upcast };
  }
  return { byType: byType as Rows<Union>['byType'], byTag };
}

export function rowWithTag(table: Rows<never>, tag: number, what: string): Row {
  const row = table.byTag[tag];
  if (!row) throw noSuchCode(tag, `There is no ${what} with tag ${tag}.`);
  return row;
}

export const writeRow = (out: PackedWriter, row: Row, value: Tagged): void => writeParts(out, row.parts, value);

/** What a row holds, in its present form. */
export function readRow(from: PackedReader, { type, parts, upcast }: Row): Tagged {
  const value = readParts(from, parts, { type }) as Tagged;
  return upcast ? { ...upcast(value), type } : value;
}

export const rowToJson = (row: Row, value: Tagged): JsonObject => partsToJson(row.parts, value, { type: row.type });

/** The row that an object's `type` names. */
export function rowOfJson(table: Rows<never>, json: JsonObject, what: string, others: readonly string[] = []): Row {
  const { type } = json;
  const byType: Readonly<Record<string, Row>> = table.byType;
  if (typeof type === 'string' && Object.hasOwn(byType, type)) return byType[type] as Row;
  throw new WireError(`The type of a ${what} must be one of ${[...Object.keys(byType), ...others].join(', ')}.`);
}

export function rowFromJson(row: Row, json: JsonObject): Tagged {
  expectOnly(json, row.parts, ['type'], row.type);
  return partsFromJson(json, row.parts, { type: row.type }) as Tagged;
}

/** The table in words, a line for each row: the schema that version.test.ts pins. */
export const schemaOf = (table: Rows<never>): string[] =>
  table.byTag.flatMap((row) => (row ? [`${row.tag} ${row.type} [${formOf(row.parts)}]`] : []));
