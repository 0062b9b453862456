// The smallest files that are images by their headers. For tests only.

/** A PNG of so many pixels by its header; there is nothing behind it. */
export function pngOf(width: number, height: number, more = 'pixels'): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(33);
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(header.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return Uint8Array.from([...header, ...[...more].map((letter) => letter.charCodeAt(0))]);
}

/** A JPEG of so many pixels by its header, behind a segment of an application. */
export function jpegOf(width: number, height: number): Uint8Array<ArrayBuffer> {
  const size = [height >> 8, height & 255, width >> 8, width & 255];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc0, 0, 11, 8, ...size, 1, 1, 0x11, 0]);
}
