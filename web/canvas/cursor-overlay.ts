import { colorHex, type Theme } from '../../shared/color.ts';
import type { Presence } from '../../shared/wire/message.ts';
import { inkOn } from '../../shared/ink-on.ts';
import { type Camera, type Size, toScreen } from './camera.ts';
import { cursorAt, type CursorMotion, cursorMoved, cursorTo, hasArrived, IDLE, isIdle } from './cursor-motion.ts';

interface Cursor {
  readonly element: HTMLElement;
  readonly label: HTMLElement;
  motion: CursorMotion;
}

/** Where the others point, over the sheet, each with its name. */
export class CursorOverlay {
  readonly #host: HTMLElement;
  readonly #cursors = new Map<number, Cursor>();
  readonly #still: () => boolean;

  /** `still`: whether this person asked for less motion. */
  constructor(host: HTMLElement, still: () => boolean) {
    this.#host = host;
    this.#still = still;
  }

  show(people: readonly Presence[], theme: Theme, now: number): void {
    const here = new Set<number>();
    for (const person of people) {
      if (!person.cursor) continue;
      here.add(person.connection);
      const cursor = this.#cursors.get(person.connection) ?? this.#add(person, now);
      cursor.motion = cursorTo(cursor.motion, person.cursor, now);
      dress(cursor, person, theme);
    }
    for (const [connection, { element }] of this.#cursors) {
      if (here.has(connection)) continue;
      element.remove();
      this.#cursors.delete(connection);
    }
  }

  /** Puts every cursor in its place; true while one is on its way. */
  frame(camera: Camera, size: Size, now: number): boolean {
    let moving = false;
    const still = this.#still();
    for (const cursor of this.#cursors.values()) {
      const { element } = cursor;
      const motion = cursorMoved(cursor.motion, now, still);
      cursor.motion = motion;
      moving ||= !hasArrived(motion);
      const { x, y } = toScreen(camera, motion.shown.x, motion.shown.y);
      const isOut = x < 0 || y < 0 || x > size.width || y > size.height;
      element.classList.toggle('away', isOut || isIdle(motion, now));
      element.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    }
    return moving;
  }

  /** ms until a cursor that rests should go; Infinity if none will. */
  nextChange(now: number): number {
    let next = Infinity;
    for (const { motion } of this.#cursors.values()) {
      if (!isIdle(motion, now)) next = Math.min(next, motion.movedAt + IDLE - now);
    }
    return next;
  }

  #add(person: Presence, now: number): Cursor {
    const element = document.createElement('div');
    element.className = 'cursor';
    const label = document.createElement('span');
    label.className = 'name';
    element.append(arrow(), label);
    this.#host.append(element);
    const cursor = { element, label, motion: cursorAt(person.cursor ?? { x: 0, y: 0 }, now) };
    this.#cursors.set(person.connection, cursor);
    return cursor;
  }
}

function dress({ element, label }: Cursor, { name, color, past, laser = false }: Presence, theme: Theme): void {
  const hex = colorHex(color, theme);
  element.style.setProperty('--person', hex);
  element.style.setProperty('--person-ink', inkOn(hex));
  element.classList.toggle('past', past);
  element.classList.toggle('laser', laser);
  label.textContent = name;
}

function arrow(): SVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', 'M1.5 1.5 17 8.2l-6.6 2.2L8.2 17z');
  svg.append(path);
  return svg;
}
