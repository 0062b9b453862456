import type { ImageId } from '../../shared/ids.ts';
import { imageHeader } from '../../shared/image-file.ts';
import { MAX_IMAGE_BYTES } from '../../shared/limits.ts';

/** An image as it is kept: its file, and its size in pixels. */
export interface PreparedImage {
  readonly id: ImageId;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Why an image was not taken, in words for a person. */
export class ImageFault extends Error {
  override readonly name = 'ImageFault';
}

/** Pixels of a longer side: sharp over a whole large screen. */
const LONGEST_SIDE = 2_560;
/** Bytes of a file that is not even looked at. */
const MOST_BYTES = 100 * 1024 * 1024;
/** A picture without see-through parts is kept without loss up to so many bytes, and as a photograph beyond. */
const LOSSLESS_BYTES = 1024 * 1024;
const JPEG_QUALITY = 0.88;
/** How much smaller each further try is. */
const SMALLER = 0.75;

/**
 * Any image that this browser can show, as a PNG or JPEG of its pixels and nothing else, small enough to be kept. Of one
 * that moves, its first picture. An SVG is painted: what it would run or load does nothing in a picture.
 * @throws ImageFault
 */
export async function prepareImage(file: Blob): Promise<PreparedImage> {
  if (file.size > MOST_BYTES) throw new ImageFault(`It is larger than ${MOST_BYTES / 1024 / 1024} MB.`);
  const source = await decode(file);
  const { width, height } = sizeOf(source);
  if (width === 0 || height === 0) throw new ImageFault('It has no size.');
  for (let scale = Math.min(1, LONGEST_SIDE / Math.max(width, height)); ; scale *= SMALLER) {
    const canvas = painted(source, Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    const packed = await pack(canvas, file.type === 'image/jpeg');
    if (packed.size > MAX_IMAGE_BYTES) continue;
    if ('close' in source) source.close();
    const bytes = new Uint8Array(await packed.arrayBuffer());
    if (!imageHeader(bytes)) throw new ImageFault('This browser cannot make an image of it.');
    return { id: await idOf(bytes), bytes, width: canvas.width, height: canvas.height };
  }
}

async function decode(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  try {
    if (file.type === 'image/svg+xml') return await loaded(file);
    return await createImageBitmap(file);
  } catch (cause) {
    throw new ImageFault('This browser cannot show it as an image.', { cause });
  }
}

/** As an element, where neither scripts run nor anything else is fetched. */
async function loaded(file: Blob): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(file);
  try {
    const element = new Image();
    element.src = address;
    await element.decode();
    return element;
  } finally {
    URL.revokeObjectURL(address);
  }
}

const sizeOf = (source: ImageBitmap | HTMLImageElement): { width: number; height: number } =>
  'naturalWidth' in source ? { width: source.naturalWidth, height: source.naturalHeight } : source;

function painted(source: ImageBitmap | HTMLImageElement, width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new ImageFault('This browser has no 2D canvas.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, width, height);
  return canvas;
}

async function pack(canvas: OffscreenCanvas, isPhotograph: boolean): Promise<Blob> {
  try {
    const opaque = isPhotograph || isOpaque(canvas);
    if (!isPhotograph) {
      const png = await canvas.convertToBlob({ type: 'image/png' });
      if (!opaque || png.size <= LOSSLESS_BYTES) return png;
    }
    return await canvas.convertToBlob({ type: 'image/jpeg', quality: JPEG_QUALITY });
  } catch (cause) {
    // An SVG with other documents in it: browsers let nobody read what it was painted to.
    throw new ImageFault('It has something in it that this browser does not let out.', { cause });
  }
}

function isOpaque(canvas: OffscreenCanvas): boolean {
  const { data } = (canvas.getContext('2d') as OffscreenCanvasRenderingContext2D).getImageData(
    0,
    0,
    canvas.width,
    canvas.height,
  );
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

async function idOf(bytes: Uint8Array<ArrayBuffer>): Promise<ImageId> {
  const hash = await sha256(bytes);
  const base64 = btoa(String.fromCharCode(...hash));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') as ImageId;
}

/** Browsers do it themselves only on pages that came over TLS or from this machine. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  if ('subtle' in crypto) return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const { sha256: compute } = await import('@noble/hashes/sha2.js');
  return compute(bytes);
}
