import { pen } from './draw.ts';
import { eraser } from './erase.ts';
import { hand } from './hand.ts';
import type { Tool } from './tool.ts';

/** The tools in the order of the toolbar. A new one is a file and a line here. */
export const tools = [hand, pen, eraser] as const satisfies readonly Tool[];

export type ToolName = (typeof tools)[number]['name'];

const byName = new Map<string, Tool>(tools.map((tool) => [tool.name, tool]));

export function toolNamed(name: ToolName): Tool {
  const tool = byName.get(name);
  if (!tool) throw new Error(`There is no tool ${name}.`);
  return tool;
}
