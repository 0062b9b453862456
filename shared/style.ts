import type { Color } from './color.ts';

export type Fill = 'none' | 'tint' | 'solid';
export type Dash = 'solid' | 'dashed' | 'dotted';
export type Corners = 'sharp' | 'round';
export type Bend = 'straight' | 'curved' | 'elbow';
export type Heads = 'none' | 'end' | 'both';
export type Family = 'sans' | 'serif' | 'mono' | 'hand';
export type Weight = 'normal' | 'bold';
export type Align = 'left' | 'centre' | 'right';

/** How a shape looks. What is absent is as in `usualStyle`; what a kind has no use for means nothing there. */
export interface Style {
  readonly color: Color;
  /** Of lines, in board units; a multiple of 1/8. */
  readonly width: number;
  readonly fill?: Fill;
  readonly dash?: Dash;
  /** 0.05 … 1, a multiple of 0.05. */
  readonly opacity?: number;
  readonly corners?: Corners;
  readonly bend?: Bend;
  readonly heads?: Heads;
  /** Of letters, in board units; a multiple of 1/8. */
  readonly size?: number;
  readonly family?: Family;
  readonly weight?: Weight;
  readonly align?: Align;
  /** How much of the hand's trembling is taken away: 0 none … 1, a multiple of 0.05. Of ink only. */
  readonly smoothing?: number;
}

export type StyleKey = keyof Style;

/** What the absent parts of a style are. */
export const usualStyle: Readonly<Required<Omit<Style, 'color' | 'width'>>> = {
  fill: 'none',
  dash: 'solid',
  opacity: 1,
  corners: 'sharp',
  bend: 'straight',
  heads: 'end',
  size: 20,
  family: 'sans',
  weight: 'normal',
  align: 'left',
  smoothing: 0.5,
};

export const opacityOf = ({ opacity }: Style): number => opacity ?? usualStyle.opacity;
