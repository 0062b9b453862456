/** ms after a pen was last near in which a touch is the hand that holds it. */
const PALM = 700;
/** ms after a pen was last near in which fingers move the sheet and leave the drawing to the pen. */
const IN_USE = 60_000;

/** Whether somebody is using a pen, and a touch is therefore something else than drawing. */
export class PenWatch {
  #seen = -Infinity;
  #isDown = false;

  saw(time: number, isDown: boolean): void {
    this.#seen = time;
    this.#isDown = isDown;
  }

  isPalm(time: number): boolean {
    return this.#isDown || time - this.#seen < PALM;
  }

  isInUse(time: number): boolean {
    return this.#isDown || time - this.#seen < IN_USE;
  }
}
