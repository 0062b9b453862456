// A hand on a page: real events of a wheel and of a pen, through the browser.

import type { CDPSession, Page } from '@playwright/test';
import type { Witness } from './witness.ts';

/** ms between two events of a wheel: 125 Hz, more often than frames. */
const WHEEL = 8;
const TURNS = 240;
/** Where the hand is, in CSS pixels. */
const AT = { x: 640, y: 400 };
const CONTROL = 2;
/** ms without ink after which a picture is whole: longer than any contender waits before it draws on. */
const CALM = 1000;

/** ms in which a movement of the pen leaves ink, or leaves none. */
const LONGEST_INK = 5000;

export class Hand {
  readonly #page: Page;
  readonly #input: CDPSession;

  private constructor(page: Page, input: CDPSession) {
    this.#page = page;
    this.#input = input;
  }

  static async on(page: Page): Promise<Hand> {
    return new Hand(page, await page.context().newCDPSession(page));
  }

  /** To and fro; returns when the page has dealt with all of it. */
  pan(): Promise<void> {
    return this.#turn((i) => ({ deltaX: 10 * Math.cos(i / 20), deltaY: 3 * Math.sin(i / 20) }), 0);
  }

  /** In and out again, about the middle. */
  zoom(): Promise<void> {
    return this.#turn((i) => ({ deltaX: 0, deltaY: i < TURNS / 2 ? -1 : 1 }), CONTROL);
  }

  /** In, in one go. */
  zoomIn(): Promise<void> {
    return this.#turn(() => ({ deltaX: 0, deltaY: -4 }), CONTROL, 12);
  }

  /** A wave of so many samples, each after the ink of the one before is drawn. */
  async draw(samples: number): Promise<void> {
    const at = (i: number) => ({ x: 320 + i * 8, y: 400 + Math.sin(i / 5) * 60 });
    await this.#pen('mousePressed', at(0));
    for (let i = 1; i <= samples; i++) {
      await this.#pen('mouseMoved', at(i));
      await this.#page.evaluate(inkOrNone, LONGEST_INK);
      // Not in step with the screen.
      await pause(30 + ((i * 7) % 17));
    }
    await this.#pen('mouseReleased', at(samples));
  }

  /** Until nothing has been drawn for a while. */
  async calm(): Promise<void> {
    await this.#page.waitForFunction(
      (ms) => {
        const { inkedAt } = (globalThis as unknown as { witness: Witness }).witness;
        return inkedAt > 0 && performance.now() - inkedAt > ms;
      },
      CALM,
      { polling: 50, timeout: 0 },
    );
  }

  async #pen(type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: { x: number; y: number }): Promise<void> {
    const isDown = type !== 'mouseReleased';
    await this.#input.send('Input.dispatchMouseEvent', {
      type,
      ...at,
      button: 'left',
      buttons: isDown ? 1 : 0,
      clickCount: type === 'mouseMoved' ? 0 : 1,
      pointerType: 'pen',
      force: isDown ? 0.5 : 0,
    });
  }

  async #turn(
    delta: (i: number) => { deltaX: number; deltaY: number },
    modifiers: number,
    turns = TURNS,
  ): Promise<void> {
    await this.#input.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...AT });
    await this.mark('hand-begins');
    const heard: Promise<unknown>[] = [];
    const began = performance.now();
    for (let i = 0; i < turns; i++) {
      heard.push(this.#input.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...AT, ...delta(i), modifiers }));
      await pause(began + (i + 1) * WHEEL - performance.now());
    }
    await Promise.all(heard);
    await this.mark('hand-ends');
  }

  mark(name: string): Promise<unknown> {
    return this.#page.evaluate((text) => performance.mark(text), name).then(() => undefined);
  }
}

/** Runs in the page: until the ink of the pen's last movement is drawn, or for so many ms. */
async function inkOrNone(longest: number): Promise<void> {
  const { witness } = globalThis as unknown as { witness: Witness };
  const until = performance.now() + longest;
  while (witness.waits && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
  witness.waits = false;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
