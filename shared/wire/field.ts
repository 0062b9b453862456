// Fields: how one part of a message travels, packed and as JSON, and what it must be. Messages are tables of them.

import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';
import { noSuchCode, WireError } from './wire-error.ts';

/** `read` and `fromJson` get what nobody vouches for, and throw a `WireError` that names the field. */
export interface Field<T> {
  /** What goes over the wire, in words: part of the schema whose change is a change of protocol. */
  readonly form: string;
  write(out: PackedWriter, value: T): void;
  read(from: PackedReader, name: string): T;
  toJson(value: T): unknown;
  fromJson(json: unknown, name: string): T;
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** A field that is the same value in JSON, once checked. */
function plain<T>(
  form: string,
  write: (out: PackedWriter, value: T) => void,
  read: (from: PackedReader, name: string) => T,
  fromJson: (json: unknown, name: string) => T,
): Field<T> {
  return { form, write, read, toJson: (value) => value, fromJson };
}

export function integer(min: number, max: number): Field<number> {
  const checked = (value: number, name: string): number => {
    if (value >= min && value <= max) return value;
    throw new WireError(`${name} must be from ${min} to ${max}, not ${value}.`);
  };
  return plain(
    `integer ${min}…${max}`,
    (out, value) => out.integer(value),
    (from, name) => checked(from.integer(name), name),
    (json, name) => checked(jsonInteger(json, name), name),
  );
}

export const flag: Field<boolean> = plain(
  'flag',
  (out, value) => out.flag(value),
  (from, name) => from.flag(name),
  (json, name) => {
    if (typeof json !== 'boolean') throw new WireError(`${name} must be true or false.`);
    return json;
  },
);

/** Text that passes `check`, which returns it as it is to be used or throws a `WireError`. */
export function text<T extends string>(
  form: string,
  maxLength: number,
  check: (text: string, name: string) => T,
): Field<T> {
  // A UTF-16 unit is at most three bytes of UTF-8.
  const maxBytes = 3 * maxLength;
  return plain(
    form,
    (out, value) => out.text(value),
    (from, name) => check(from.text(name, maxBytes), name),
    (json, name) => {
      if (typeof json !== 'string') throw new WireError(`${name} must be text.`);
      if (json.length > maxBytes) throw new WireError(`${name} must have at most ${maxLength} characters.`);
      return check(json, name);
    },
  );
}

/** One of a few words, each with a number that is never given to another. */
export function word<T extends string>(codes: Readonly<Record<T, number>>): Field<T> {
  const words = Object.keys(codes) as T[];
  const byCode = new Map(words.map((each) => [codes[each], each]));
  return plain(
    words.map((each) => `${each}=${codes[each]}`).join(' '),
    (out, value) => out.integer(codes[value]),
    (from, name) => {
      const code = from.integer(name);
      const value = byCode.get(code);
      if (value === undefined)
        throw noSuchCode(code, `${name} must be one of ${[...byCode.keys()].join(', ')}, not ${code}.`);
      return value;
    },
    (json, name) => {
      if (words.includes(json as T)) return json as T;
      throw new WireError(`${name} must be one of ${words.join(', ')}.`);
    },
  );
}

/** May be absent: nil when packed, left out in JSON. */
export const optional = <T>(field: Field<T>): Field<T | undefined> => ({
  form: `${field.form}, may be absent`,
  write: (out, value) => (value === undefined ? out.nil() : field.write(out, value)),
  read: (from, name) => (from.skipNil() ? undefined : field.read(from, name)),
  toJson: (value) => (value === undefined ? undefined : field.toJson(value)),
  fromJson: (json, name) => (json === undefined ? undefined : field.fromJson(json, name)),
});

/** May be null: nil when packed. */
export const nullable = <T>(field: Field<T>): Field<T | null> => ({
  form: `${field.form}, may be null`,
  write: (out, value) => (value === null ? out.nil() : field.write(out, value)),
  read: (from, name) => (from.skipNil() ? null : field.read(from, name)),
  toJson: (value) => (value === null ? null : field.toJson(value)),
  fromJson: (json, name) => (json === null ? null : field.fromJson(json, name)),
});

export const list = <T>(field: Field<T>, max: number): Field<readonly T[]> => ({
  form: `at most ${max} × (${field.form})`,
  write(out, values) {
    out.array(values.length);
    for (const value of values) field.write(out, value);
  },
  read(from, name) {
    const count = from.array(name, max);
    const values: T[] = [];
    for (let i = 0; i < count; i++) values.push(field.read(from, name));
    return values;
  },
  toJson: (values) => values.map((value) => field.toJson(value)),
  fromJson(json, name) {
    if (!Array.isArray(json)) throw new WireError(`${name} must be an array.`);
    if (json.length > max) throw new WireError(`${name} must have at most ${max} elements, not ${json.length}.`);
    return json.map((value, i) => field.fromJson(value, `${name}[${i}]`));
  },
});

/** A field for each property; their order is that of the packed tuple. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** An object: a tuple when packed. `label` stands before its properties' names in errors. */
export function record<T extends object>(label: string, fields: Fields<T>): Field<T> {
  const parts = partsOf(label, fields);
  return {
    form: `[${formOf(parts)}]`,
    write(out, value) {
      out.array(parts.length);
      writeParts(out, parts, value);
    },
    read(from, name) {
      expectCount(name, from.array(name, parts.length), parts.length);
      return readParts(from, parts, {}) as T;
    },
    toJson: (value) => partsToJson(parts, value, {}),
    fromJson(json, name) {
      const object = jsonObject(json, name);
      expectOnly(object, parts, [], name);
      return partsFromJson(object, parts, {}) as T;
    },
  };
}

/**
 * An object with few of many properties: when packed, a code and a value in turn for each that is there. A code is never
 * given to another property.
 */
export function sparse<T extends object>(
  label: string,
  table: { readonly [K in keyof T]-?: readonly [code: number, field: Field<NonNullable<T[K]>>] },
): Field<T> {
  const parts = partsOf(label, Object.fromEntries(rowsOf(table).map(([key, [, field]]) => [key, field])));
  const codes = new Map(rowsOf(table).map(([key, [code]]) => [key, code]));
  const byCode = new Map(parts.map((part) => [codes.get(part.key) as number, part]));
  return {
    form: `{${parts.map(({ key, field }) => `${codes.get(key)} ${key}: ${field.form}`).join('; ')}}`,
    write(out, value) {
      const there = parts.filter(({ key }) => (value as JsonObject)[key] !== undefined);
      out.array(2 * there.length);
      for (const { key, field } of there) {
        out.integer(codes.get(key) as number);
        field.write(out, (value as JsonObject)[key]);
      }
    },
    read(from, name) {
      const value: Mutable = {};
      let last = -1;
      for (let left = from.array(name, 2 * parts.length); left > 0; left -= 2) {
        const code = from.integer(name);
        const part = byCode.get(code);
        if (code <= last) throw new WireError(`${name} must have its codes in order, the lowest first, not ${code}.`);
        if (!part) throw noSuchCode(code, `${name} must have codes of its own, not ${code}.`);
        value[part.key] = part.field.read(from, part.label);
        last = code;
      }
      return value as T;
    },
    toJson: (value) =>
      partsToJson(
        parts.filter(({ key }) => (value as JsonObject)[key] !== undefined),
        value,
        {},
      ),
    fromJson(json, name) {
      const object = jsonObject(json, name);
      expectOnly(object, parts, [], name);
      return partsFromJson(
        object,
        parts.filter(({ key }) => object[key] !== undefined),
        {},
      ) as T;
    },
  };
}

const rowsOf = (table: object): (readonly [key: string, row: readonly [code: number, field: Field<unknown>]])[] =>
  Object.entries(table as Record<string, readonly [number, Field<unknown>]>).sort(([, [a]], [, [b]]) => a - b);

/** A field in its place in a message. */
export interface Part {
  readonly key: string;
  /** For errors. */
  readonly label: string;
  readonly field: Field<unknown>;
}

type Mutable = Record<string, unknown>;

export const partsOf = <T>(label: string, fields: Fields<T>): readonly Part[] =>
  Object.entries(fields).map(([key, field]) => ({ key, label: `${label}.${key}`, field: field as Field<unknown> }));

export const formOf = (parts: readonly Part[]): string =>
  parts.map(({ key, field }) => `${key}: ${field.form}`).join('; ');

export function writeParts(out: PackedWriter, parts: readonly Part[], value: object): void {
  for (const { key, field } of parts) field.write(out, (value as JsonObject)[key]);
}

export function readParts(from: PackedReader, parts: readonly Part[], into: Mutable): object {
  for (const { key, label, field } of parts) {
    const value = field.read(from, label);
    if (value !== undefined) into[key] = value;
  }
  return into;
}

export function partsToJson(parts: readonly Part[], value: object, into: Mutable): JsonObject {
  for (const { key, field } of parts) {
    const json = field.toJson((value as JsonObject)[key]);
    if (json !== undefined) into[key] = json;
  }
  return into;
}

export function partsFromJson(json: JsonObject, parts: readonly Part[], into: Mutable): object {
  for (const { key, label, field } of parts) {
    const value = field.fromJson(json[key], label);
    if (value !== undefined) into[key] = value;
  }
  return into;
}

export function expectCount(name: string, count: number, expected: number): void {
  if (count !== expected) throw new WireError(`${name} must have ${expected} elements, not ${count}.`);
}

/** Refuses properties that nobody would read: most often a spelling mistake. */
export function expectOnly(json: JsonObject, parts: readonly Part[], others: readonly string[], name: string): void {
  for (const key of Object.keys(json)) {
    if (others.includes(key) || parts.some((part) => part.key === key)) continue;
    const known = [...others, ...parts.map((part) => part.key)].join(', ');
    throw new WireError(`${name} has no property ${JSON.stringify(key.slice(0, 40))}; it has ${known}.`);
  }
}

export function jsonObject(json: unknown, name: string): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new WireError(`${name} must be an object.`);
  return json as JsonObject;
}

function jsonInteger(json: unknown, name: string): number {
  if (!Number.isSafeInteger(json) || Object.is(json, -0)) throw new WireError(`${name} must be a whole number.`);
  return json as number;
}
