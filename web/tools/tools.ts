import { highlighter, pen } from './draw.ts';
import { eraser } from './erase.ts';
import { hand } from './hand.ts';
import { image } from './image.ts';
import { laser } from './laser.ts';
import { lasso } from './select/lasso.ts';
import { select } from './select/select.ts';
import { arrow, diamond, ellipse, frame, line, rectangle, triangle } from './shapes.ts';
import type { Tool } from './tool.ts';
import { stickyNote, text } from './write.ts';

/** The tools in the order of the toolbar. A new one is a file and a line here. */
export const tools = [
  select,
  lasso,
  hand,
  pen,
  highlighter,
  eraser,
  rectangle,
  ellipse,
  diamond,
  triangle,
  line,
  arrow,
  text,
  stickyNote,
  image,
  frame,
  laser,
] as const satisfies readonly Tool[];

export type ToolName = (typeof tools)[number]['name'];

/** What a tool is where nothing can be changed: itself or what it says, or the hand where it is of no use there. */
export const overPast = (tool: Tool): Tool => (tool.draws ? (tool.overPast ?? hand) : tool);

const byName = new Map<string, Tool>(tools.map((tool) => [tool.name, tool]));

export function toolNamed(name: ToolName): Tool {
  const tool = byName.get(name);
  if (!tool) throw new Error(`There is no tool ${name}.`);
  return tool;
}
