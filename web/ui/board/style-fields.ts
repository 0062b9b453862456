import type { KindName, Shape } from '../../../shared/shapes/shape.ts';
import type { StyleKey } from '../../../shared/style.ts';

const figure: readonly StyleKey[] = ['color', 'width', 'fill', 'dash', 'opacity'];
const letters: readonly StyleKey[] = ['size', 'family', 'weight', 'align'];

/** What can be chosen of the look of each kind. */
const fields: Readonly<Record<KindName, readonly StyleKey[]>> = {
  pen: ['color', 'width', 'smoothing', 'opacity'],
  highlighter: ['color', 'width', 'smoothing', 'opacity'],
  rectangle: [...figure, 'corners'],
  ellipse: figure,
  diamond: [...figure, 'corners'],
  triangle: [...figure, 'corners'],
  line: ['color', 'width', 'dash', 'bend', 'opacity'],
  arrow: ['color', 'width', 'dash', 'bend', 'heads', 'opacity'],
  text: ['color', ...letters, 'opacity'],
  note: ['color', ...letters, 'opacity'],
  frame: ['color'],
  image: ['opacity'],
};

/** What can be chosen for any of these kinds; of their letters where any of the shapes has some. */
export function fieldsOf(kinds: readonly KindName[], shapes: readonly Shape[]): ReadonlySet<StyleKey> {
  const known = new Set(kinds.flatMap((kind) => fields[kind]));
  if (shapes.some(({ attributes }) => attributes.text)) for (const key of letters) known.add(key);
  return known;
}
