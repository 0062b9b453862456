// What can be changed of a shape after it was made: one flat list of settings, each a register of its own. Who set one
// last is kept with it, so that undoing puts back only what nobody else has set since.

import type { AuthorNumber, ImageId, ShapeId } from './ids.ts';
import { after, IDENTITY, isIdentity, mapped, type Matrix } from './matrix.ts';
import type { Shape } from './shapes/shape.ts';
import { type Style, type StyleKey, usualStyle } from './style.ts';

export type Ends = readonly [] | readonly [fromX: number, fromY: number, toX: number, toY: number];

/** What a shape has besides its ink and style. Absent: as in `usualAttributes`. */
export interface Attributes {
  /** From where its ink lies to where it is shown. */
  readonly transform?: Matrix;
  readonly text?: string;
  /** Not to be changed by accident: only unlocking it is allowed. */
  readonly locked?: boolean;
  /** Shapes of one group are taken together. It is the id of one of its first members. */
  readonly group?: ShapeId | '';
  /** Where a click on it leads. */
  readonly link?: string;
  /** What it shows, for those who cannot see it. */
  readonly alt?: string;
  /** The file that an image shows. */
  readonly image?: ImageId | '';
  /** What the ends of a line hold to: where these lie, they end. */
  readonly from?: ShapeId | '';
  readonly to?: ShapeId | '';
  /** Where a line begins and ends now, x and y in turn, on the board itself; none: where it was drawn. */
  readonly ends?: Ends;
}

export const usualAttributes: Readonly<Required<Attributes>> = {
  transform: IDENTITY,
  text: '',
  locked: false,
  group: '',
  link: '',
  alt: '',
  image: '',
  from: '',
  to: '',
  ends: [],
};

interface AllSettings extends Required<Style>, Required<Attributes> {
  /** Place in the stack, from the back. */
  readonly z: number;
}

export type Settings = { readonly [Key in keyof AllSettings]?: AllSettings[Key] };
export type SettingKey = keyof AllSettings;

/** Who set something last, in which gesture. */
export interface Touch {
  readonly by: AuthorNumber;
  readonly gesture: number;
}
export type Touches = { readonly [Key in SettingKey]?: Touch };

export const NO_ATTRIBUTES: Attributes = {};
export const UNTOUCHED: Touches = {};

export const settingKeys = (settings: Settings): SettingKey[] => Object.keys(settings) as SettingKey[];

const isAttribute = (key: SettingKey): key is keyof Attributes => Object.hasOwn(usualAttributes, key);

/** The value of a setting, whether it was ever set or not. */
export function settingOf<Key extends SettingKey>(shape: Shape, key: Key): AllSettings[Key] {
  const value =
    key === 'z'
      ? shape.z
      : isAttribute(key)
        ? (shape.attributes[key] ?? usualAttributes[key])
        : (shape.style[key as StyleKey] ?? (usualStyle as Partial<Style>)[key as StyleKey]);
  return value as AllSettings[Key];
}

/** The shape with these settings. A setting with its usual value is not kept, so that equal shapes are equal. */
export function withSettings(shape: Shape, settings: Settings): Shape {
  const { z = shape.z, ...rest } = settings;
  const style: Record<string, unknown> = { ...shape.style };
  const attributes: Record<string, unknown> = { ...shape.attributes };
  for (const [key, value] of Object.entries(rest)) put(isAttribute(key as SettingKey) ? attributes : style, key, value);
  return {
    ...shape,
    z,
    style: style as unknown as Style,
    attributes: Object.keys(attributes).length > 0 ? attributes : NO_ATTRIBUTES,
  };
}

const usual: Readonly<Record<string, unknown>> = { ...usualStyle, ...usualAttributes };

function put(into: Record<string, unknown>, key: string, value: unknown): void {
  const isUsual = key === 'transform' ? isIdentity(value as Matrix) : sameSetting(value, usual[key]);
  if (isUsual) delete into[key];
  else into[key] = value;
}

/** The settings of these keys as they are. */
export function settingsOf(shape: Shape, keys: readonly SettingKey[]): Settings {
  return Object.fromEntries(keys.map((key) => [key, settingOf(shape, key)]));
}

export function sameSetting(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => value === b[i]);
}

/** Those of the settings that the shape does not have already. */
export function newSettings(shape: Shape, settings: Settings): SettingKey[] {
  return settingKeys(settings).filter((key) => !sameSetting(settingOf(shape, key), settings[key]));
}

export const transformOf = (shape: Shape): Matrix => shape.attributes.transform ?? IDENTITY;

/** What moving a shape, turning it or stretching it changes of it. */
export function movedBy(matrix: Matrix, shape: Shape): Settings {
  const { ends } = shape.attributes;
  if (ends?.length !== 4) return { transform: after(matrix, transformOf(shape)) };
  const from = mapped(matrix, { x: ends[0], y: ends[1] });
  const to = mapped(matrix, { x: ends[2], y: ends[3] });
  return { ends: [from.x, from.y, to.x, to.y] };
}
