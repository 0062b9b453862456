// The pictures that a page shows one after the other, and when: what is measured by them holds for whatever draws.

import type { Browser, CDPSession, Page } from '@playwright/test';

interface Picture {
  /** ms since 1970, when it came onto the screen. */
  readonly at: number;
  /** JPEG, in base64. */
  readonly data: string;
}

/** The middle of the sheet, where no contender has a panel, in CSS pixels. */
const MIDDLE = { x: 240, y: 110, width: 800, height: 560 };
/** How much a color may differ, of 255, and on which part of the pixels, for a picture to be the same. */
const SAME = { color: 48, share: 0.002 };

export class Film {
  readonly #session: CDPSession;
  readonly #pictures: Picture[] = [];

  private constructor(session: CDPSession) {
    this.#session = session;
    session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
      this.#pictures.push({ at: (metadata.timestamp ?? Number.NaN) * 1000, data });
      // A page that is closed meanwhile takes no answer.
      session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
    });
  }

  static async of(page: Page): Promise<Film> {
    const film = new Film(await page.context().newCDPSession(page));
    await film.#session.send('Page.startScreencast', { format: 'jpeg', quality: 60 });
    return film;
  }

  /** Ends it, and says since when the sheet showed what it shows at last; in ms since 1970. */
  async wholeSince(browser: Browser): Promise<number> {
    await this.#session.send('Page.stopScreencast');
    await this.#session.detach();
    const page = await browser.newPage();
    const first = await page.evaluate(firstLikeTheLast, {
      pictures: this.#pictures.map(({ data }) => data),
      MIDDLE,
      SAME,
    });
    await page.close();
    return this.#pictures[first]?.at ?? Number.NaN;
  }
}

/** Runs in a page: the number of the first picture from which on all are as the last one is. */
async function firstLikeTheLast({
  pictures,
  MIDDLE: { x, y, width, height },
  SAME: { color, share },
}: {
  pictures: readonly string[];
  MIDDLE: typeof MIDDLE;
  SAME: typeof SAME;
}): Promise<number> {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  const pixelsOf = async (picture: string | undefined): Promise<Uint8ClampedArray> => {
    const bytes = Uint8Array.from(atob(picture ?? ''), (letter) => letter.charCodeAt(0));
    context?.drawImage(await createImageBitmap(new Blob([bytes], { type: 'image/jpeg' })), -x, -y);
    return context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray();
  };
  const whole = await pixelsOf(pictures.at(-1));
  let first = pictures.length - 1;
  for (; first > 0; first--) {
    const pixels = await pixelsOf(pictures[first - 1]);
    let others = 0;
    for (let i = 0; i < whole.length; i += 4) {
      if (
        Math.abs((pixels[i] ?? 0) - (whole[i] ?? 0)) > color ||
        Math.abs((pixels[i + 1] ?? 0) - (whole[i + 1] ?? 0)) > color ||
        Math.abs((pixels[i + 2] ?? 0) - (whole[i + 2] ?? 0)) > color
      )
        others++;
    }
    if (others > share * (width * height)) break;
  }
  return first;
}
