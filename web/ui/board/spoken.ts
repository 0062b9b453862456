// What is on the board, in words, for those who hear it.

import type { Board } from '../../../shared/board.ts';
import type { KindName, Shape } from '../../../shared/shapes/shape.ts';

const names: Readonly<Record<KindName, string>> = {
  pen: 'Stroke',
  highlighter: 'Highlight',
  rectangle: 'Rectangle',
  ellipse: 'Ellipse',
  diamond: 'Diamond',
  triangle: 'Triangle',
  line: 'Line',
  arrow: 'Arrow',
  text: 'Text',
  note: 'Sticky note',
  frame: 'Frame',
  image: 'Image',
};

/** `Rectangle “Plan”, by Ada, locked` */
export function spokenShape({ kind, attributes, author }: Shape, board: Board): string {
  const words = attributes.alt ?? attributes.text;
  const by = board.authors[author - 1]?.name;
  return [`${names[kind]}${words ? ` “${words}”` : ''}`, by && `by ${by}`, attributes.locked && 'locked']
    .filter(Boolean)
    .join(', ');
}

/** Whose a shape is: `Stroke by Ada, changed by Bram, erased by Cleo`. */
export function creditOf({ kind, author, touched, erasure }: Shape, { authors }: Board): string {
  const name = (number: number): string => authors[number - 1]?.name ?? 'somebody';
  const changers = new Set(Object.values(touched).map(({ by }) => by));
  changers.delete(author);
  const changed = [...changers].map(name).join(' and ');
  return [
    `${names[kind]} by ${name(author)}`,
    changed && `changed by ${changed}`,
    erasure && `erased by ${name(erasure.by)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What is selected now. */
export function spokenSelection(shapes: readonly Shape[], board: Board): string {
  const [first, ...others] = shapes;
  if (!first) return '';
  return others.length === 0 ? `${spokenShape(first, board)} selected` : `${shapes.length} things selected`;
}

/** What others did between two boards, if it is much enough to say. */
export function spokenChange(before: Board, after: Board, own: number): string {
  const drew = new Map<number, number>();
  for (const [i, { settled }] of after.authors.entries()) {
    if (i + 1 === own) continue;
    if (settled > (before.authors[i]?.settled ?? 0)) drew.set(i, settled);
  }
  const names = [...drew.keys()].map((i) => after.authors[i]?.name ?? 'Somebody');
  const [first, ...more] = names;
  if (!first) return '';
  const who = more.length === 0 ? first : `${first} and ${more.length} more`;
  const change = after.shapes.size - before.shapes.size;
  const what = change > 0 ? `added ${change}` : change < 0 ? `removed ${-change}` : 'changed something';
  return `${who} ${what}; ${after.shapes.size} things on the board`;
}
