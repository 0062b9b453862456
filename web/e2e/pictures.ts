import type { Page } from '@playwright/test';

export interface Difference {
  /** Pixels with ink in the first picture. */
  readonly ink: number;
  /** Pixels that no cut of the edges around them explains. */
  readonly different: number;
}

/** Compares two PNGs of one size in a page of the browser. A pixel may be off by one place, as edges are. */
export function compare(page: Page, a: Buffer, b: Buffer): Promise<Difference> {
  return page.evaluate(
    async ([first, second]) => {
      const read = async (base64: string): Promise<ImageData> => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [one, two] = [await read(first!), await read(second!)];
      const { width, height } = one;
      const light = (image: ImageData, x: number, y: number): number => {
        const i = (Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))) * 4;
        return Math.min(image.data[i]!, image.data[i + 1]!, image.data[i + 2]!);
      };
      /** Whether a value is one that edges between the pixels around could have, had they been cut elsewhere. */
      const near = (image: ImageData, x: number, y: number, value: number): boolean => {
        let [least, most] = [255, 0];
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            const there = light(image, x + dx, y + dy);
            least = Math.min(least, there);
            most = Math.max(most, there);
          }
        }
        return value >= least - 48 && value <= most + 48;
      };
      let ink = 0;
      let different = 0;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const [p, q] = [light(one, x, y), light(two, x, y)];
          if (p < 128) ink++;
          if (Math.abs(p - q) > 64 && !(near(two, x, y, p) && near(one, x, y, q))) different++;
        }
      }
      return { ink, different };
    },
    [a.toString('base64'), b.toString('base64')] as const,
  );
}
