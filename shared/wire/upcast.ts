// Forms that a type had in versions before. One that was released stays readable for ever, under the tag it had; nobody
// writes it any more. Each says how it becomes the form after it, and nothing of those that came later.

import type { Fields } from './field.ts';

/** The earlier forms of a type, each as what makes the present form of it. */
export type Upcasters<Present> = readonly Upcaster<Present>[];

interface Upcaster<Present> {
  readonly tag: number;
  readonly fields: Fields<object>;
  readonly upcast: (old: object) => Present;
}

/** The form that came before `Next`, and those that came before that one. */
export function upcastFrom<Old extends object, Next extends object>(
  tag: number,
  fields: Fields<Old>,
  upcast: (old: Old) => Next,
  before: Upcasters<Old> = [],
): Upcasters<Next> {
  const last = { tag, fields, upcast: upcast as (old: object) => Next };
  return [last, ...before.map((each) => ({ ...each, upcast: (old: object) => upcast(each.upcast(old)) }))];
}
