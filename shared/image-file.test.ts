import fc from 'fast-check';
import { expect, test } from 'vitest';
import { imageHeader } from './image-file.ts';
import { jpegOf, pngOf } from './testing/image-files.ts';

test('[I2] a PNG and a JPEG say what they are and how large', () => {
  expect(imageHeader(pngOf(3, 5))).toEqual({ mediaType: 'image/png', width: 3, height: 5 });
  expect(imageHeader(jpegOf(640, 480))).toEqual({ mediaType: 'image/jpeg', width: 640, height: 480 });
});

test('[I2] what begins as something else, is cut off, or has no size, is no image', () => {
  const text = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const others = [[], [0x89], text, new TextEncoder().encode('GIF89a..............'), pngOf(0, 5), jpegOf(5, 0)];
  for (const bytes of others) expect(imageHeader(Uint8Array.from(bytes))).toBeNull();
  for (const whole of [pngOf(3, 5), jpegOf(3, 5)]) {
    for (let length = 0; length < 12; length++) expect(imageHeader(whole.subarray(0, length))).toBeNull();
  }
});

test('[I2] nothing that could be sent is more than refused', () => {
  const begun = fc.constantFrom([0xff, 0xd8], [0xff, 0xd8, 0xff, 0xe0, 0, 0], [0x89, 0x50, 0x4e, 0x47]);
  fc.assert(
    fc.property(begun, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      const header = imageHeader(Uint8Array.from([...start, ...rest]));
      expect(header === null || (header.width > 0 && header.height > 0)).toBe(true);
    }),
  );
});
