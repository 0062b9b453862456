// What a page sees of its own ink, whatever draws it: canvas or SVG. Its marks go into the browser's trace.

export interface Witness {
  /** Of the last drawing on the sheet, in ms of the page's clock. */
  inkedAt: number;
  /** The pen moved and its ink has not come yet. */
  waits: boolean;
}

/** Runs in the page before its own scripts. */
export function watchInk(): void {
  const witness: Witness = { inkedAt: 0, waits: false };
  Object.assign(globalThis, { witness });
  performance.mark('clock');

  const inked = (): void => {
    witness.inkedAt = performance.now();
    if (!witness.waits) return;
    witness.waits = false;
    performance.mark('ink');
  };
  // Only what is seen at once: a canvas on the page, as large as the sheet.
  const isSheet = (canvas: unknown): boolean =>
    canvas instanceof HTMLCanvasElement && canvas.isConnected && canvas.width > 600 && canvas.height > 400;
  const context = CanvasRenderingContext2D.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  for (const name of ['fill', 'stroke', 'drawImage', 'putImageData']) {
    const plain = context[name] as (...args: unknown[]) => unknown;
    context[name] = function (this: CanvasRenderingContext2D, ...args: unknown[]): unknown {
      if (isSheet(this.canvas)) inked();
      return plain.apply(this, args);
    };
  }
  new MutationObserver((changes) => {
    const isInk = ({ target, addedNodes }: MutationRecord): boolean =>
      (target instanceof SVGElement && target.closest('.tl-shapes') !== null) ||
      [...addedNodes].some((node) => node instanceof Element && node.matches('.tl-shape, .tl-shapes *'));
    if (changes.some(isInk)) inked();
  }).observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ['d', 'transform', 'style'],
  });
  addEventListener(
    'pointermove',
    (event) => {
      if (event.buttons === 0) return;
      witness.waits = true;
      performance.mark('pen', { startTime: event.timeStamp });
    },
    { capture: true },
  );
}
