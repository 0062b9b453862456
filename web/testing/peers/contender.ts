import type { Page } from '@playwright/test';
import type { Camera } from '../../canvas/camera.ts';

export interface Sheet {
  readonly strokes: number;
  /** Board units that the strokes are spread over. */
  readonly height: number;
  /** All of it in sight, as each of the contenders shows it. */
  readonly camera: Camera;
}

/** A whiteboard that opens a sheet, whole page and all. */
export interface Contender {
  /** With its version. */
  readonly name: string;
  /** Gets ready what opening the sheet is not to pay for: the board on the server's disk, the page's script. */
  prepare(sheet: Sheet): Promise<Prepared>;
}

export interface Prepared {
  readonly url: string;
  /** What an empty page needs before it goes to the address. */
  readonly route: (page: Page) => Promise<void>;
  readonly takePen: (page: Page) => Promise<void>;
  readonly look: (page: Page) => Promise<void>;
  readonly close: () => Promise<void>;
}
