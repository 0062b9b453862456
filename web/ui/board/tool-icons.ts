import ArrowUpRight from '@lucide/svelte/icons/arrow-up-right';
import Circle from '@lucide/svelte/icons/circle';
import Diamond from '@lucide/svelte/icons/diamond';
import Eraser from '@lucide/svelte/icons/eraser';
import Frame from '@lucide/svelte/icons/frame';
import Hand from '@lucide/svelte/icons/hand';
import Highlighter from '@lucide/svelte/icons/highlighter';
import ImageIcon from '@lucide/svelte/icons/image';
import Lasso from '@lucide/svelte/icons/lasso';
import MousePointer2 from '@lucide/svelte/icons/mouse-pointer-2';
import Pen from '@lucide/svelte/icons/pen';
import Shapes from '@lucide/svelte/icons/shapes';
import Slash from '@lucide/svelte/icons/slash';
import Square from '@lucide/svelte/icons/square';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import Triangle from '@lucide/svelte/icons/triangle';
import Type from '@lucide/svelte/icons/type';
import WandSparkles from '@lucide/svelte/icons/wand-sparkles';
import type { Component } from 'svelte';

type Icon = Component<{ size?: number }>;

const icons: Readonly<Record<string, Icon>> = {
  select: MousePointer2,
  lasso: Lasso,
  hand: Hand,
  pen: Pen,
  highlighter: Highlighter,
  eraser: Eraser,
  rectangle: Square,
  ellipse: Circle,
  diamond: Diamond,
  triangle: Triangle,
  line: Slash,
  arrow: ArrowUpRight,
  text: Type,
  note: StickyNote,
  frame: Frame,
  image: ImageIcon,
  laser: WandSparkles,
};

/** The icon that a tool names; a tool whose icon is not imported above still gets a button. */
export const toolIcon = (name: string): Icon => icons[name] ?? Shapes;
