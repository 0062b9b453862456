import Eraser from '@lucide/svelte/icons/eraser';
import Hand from '@lucide/svelte/icons/hand';
import Pen from '@lucide/svelte/icons/pen';
import Shapes from '@lucide/svelte/icons/shapes';
import type { Component } from 'svelte';

type Icon = Component<{ size?: number }>;

const icons: Readonly<Record<string, Icon>> = { hand: Hand, pen: Pen, eraser: Eraser };

/** The icon that a tool names; a tool whose icon is not imported above still gets a button. */
export const toolIcon = (name: string): Icon => icons[name] ?? Shapes;
