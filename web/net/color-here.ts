import type { Author } from '../../shared/board.ts';
import type { Color, PaletteColor } from '../../shared/color.ts';
import { type ClientId, participantOf } from '../../shared/ids.ts';
import type { Presence } from '../../shared/wire/message.ts';

/** Colours that people get by chance: a name is read well in them, on paper and on night. */
export const personColors: readonly PaletteColor[] = ['red', 'orange', 'green', 'teal', 'blue', 'violet', 'pink'];

export interface Newcomer {
  readonly client: ClientId;
  /** Of two that have one colour, who connected later takes another. */
  readonly connection: number;
  /** What it has now. */
  readonly color: Color;
  /** It was taken when all were: it is kept, also where another comes free while somebody reloads the page. */
  readonly isShared?: boolean;
}

/** Whether somebody who was here before has the colour that one came to: there was no other. */
export const sharesColor = ({ client, connection, color }: Newcomer, people: readonly Presence[]): boolean =>
  people.some(
    (person) =>
      person.connection < connection &&
      person.color === color &&
      participantOf(person.client) !== participantOf(client),
  );

/**
 * The colour on one board of somebody who chose none: the one that they drew in there, in whatever tab; otherwise one
 * that nobody else has, while one is free, or at least nobody who is here. [C31]
 */
export function colorHere(own: Newcomer, authors: readonly Author[], people: readonly Presence[]): Color {
  const self = participantOf(own.client);
  const isOwn = ({ client }: Pick<Author, 'client'>): boolean => participantOf(client) === self;
  const drawn = authors.find(({ client }) => client === own.client) ?? authors.find(isOwn);
  if (drawn) return drawn.color;
  const before = people.filter(({ connection }) => connection < own.connection);
  const otherTab = before.find(isOwn);
  if (otherTab) return otherTab.color;
  const first = new Set([...authors, ...before].map(({ color }) => color));
  if (own.isShared || !first.has(own.color)) return own.color;
  const here = new Set(people.filter((person) => !isOwn(person)).map(({ color }) => color));
  const isFree = (color: Color): boolean => !first.has(color) && !here.has(color);
  return inTurn(own.color).find(isFree) ?? inTurn(own.color).find((color) => !here.has(color)) ?? own.color;
}

/** From its own on: who comes by chance to the same goes to the next. */
function inTurn(color: Color): readonly PaletteColor[] {
  const at = personColors.findIndex((own) => own === color);
  return [...personColors.slice(Math.max(0, at)), ...personColors.slice(0, Math.max(0, at))];
}
