import type { KindName } from '../../../shared/shapes/shape.ts';
import type { Style } from '../../../shared/style.ts';
import { style as styleField } from '../../../shared/wire/style-fields.ts';
import type { EraserMode } from '../../tools/tool.ts';

/** Line widths on offer, in board units, and the px of the dot that stands for each. */
export const lineWidths = [
  { width: 2, name: 'Fine', dot: 4 },
  { width: 4, name: 'Medium', dot: 7 },
  { width: 8, name: 'Bold', dot: 11 },
  { width: 16, name: 'Broad', dot: 16 },
  { width: 32, name: 'Brush', dot: 22 },
] as const;

/** What is drawn alike, and what it looks like before anybody chooses. */
const standards = {
  pen: { color: 'ink', width: 4 },
  highlighter: { color: 'yellow', width: 32 },
  figure: { color: 'ink', width: 4 },
  text: { color: 'ink', width: 2, size: 24 },
  note: { color: 'yellow', width: 2, size: 20 },
  frame: { color: 'grey', width: 2 },
  image: { color: 'grey', width: 2 },
} as const satisfies Readonly<Record<string, Style>>;
type Family = keyof typeof standards;

const familyOf = (kind: KindName): Family => (Object.hasOwn(standards, kind) ? (kind as Family) : 'figure');

const key = 'retrace.styles';

function readStyles(): Partial<Record<Family, Style>> {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, unknown>;
    return Object.fromEntries(
      (Object.keys(standards) as Family[]).flatMap((family) => {
        const style = readStyle(kept[family]);
        return style ? [[family, style]] : [];
      }),
    );
  } catch {
    return {};
  }
}

function readStyle(json: unknown): Style | null {
  try {
    return styleField.fromJson(json, 'style');
  } catch {
    return null;
  }
}

/** How the next thing of each kind is to look: kept from board to board. */
class StyleChoice {
  #styles = $state.raw<Partial<Record<Family, Style>>>(readStyles());
  eraser = $state<EraserMode>('whole');

  of(kind: KindName): Style {
    const family = familyOf(kind);
    return this.#styles[family] ?? standards[family];
  }

  choose(kind: KindName, change: Partial<Style>): void {
    this.#styles = { ...this.#styles, [familyOf(kind)]: { ...this.of(kind), ...change } };
    try {
      localStorage.setItem(key, JSON.stringify(this.#styles));
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

export const styleChoice = new StyleChoice();
