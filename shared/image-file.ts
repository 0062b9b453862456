// What an image's file is, read from its first bytes and not from its name.

/** The forms in which images are kept: those that every browser and every export can show. */
export type ImageMediaType = 'image/png' | 'image/jpeg';

export interface ImageHeader {
  readonly mediaType: ImageMediaType;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

/** What the file says of itself; null where it is neither a PNG nor a JPEG, or its header is damaged. */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const header = pngHeader(bytes) ?? jpegHeader(bytes);
  return header && header.width > 0 && header.height > 0 ? header : null;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length 13, `IHDR`: the chunk that a PNG begins with (https://www.w3.org/TR/png-3/#11IHDR). */
const PNG_FIRST_CHUNK = [0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];

function pngHeader(bytes: Uint8Array): ImageHeader | null {
  const isPng = [...PNG_SIGNATURE, ...PNG_FIRST_CHUNK].every((byte, i) => bytes[i] === byte);
  if (!isPng || bytes.length < 33) return null;
  const view = viewOf(bytes);
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

const [START_OF_IMAGE, END_OF_IMAGE, START_OF_SCAN] = [0xd8, 0xd9, 0xda];

/** Goes from marker to marker up to the frame's header (ITU T.81, annex B). */
function jpegHeader(bytes: Uint8Array): ImageHeader | null {
  if (bytes[0] !== 0xff || bytes[1] !== START_OF_IMAGE) return null;
  const view = viewOf(bytes);
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) at++;
    else if (marker === START_OF_SCAN || marker === END_OF_IMAGE) return null;
    else if (isFrame(marker)) {
      return { mediaType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** SOF0 to SOF15, without the tables whose markers lie among them (DHT, JPG, DAC). */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
