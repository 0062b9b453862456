import { isImageId } from '../../../shared/ids.ts';
import { type ImageHeader, imageHeader } from '../../../shared/image-file.ts';
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE } from '../../../shared/limits.ts';
import type { ImageStore } from '../../images/image-store.ts';
import { isRefusal, json, type Refusal, refuse } from '../answer.ts';
import { BodyTooLarge, type HttpRequest } from '../listener.ts';
import type { Answer, Route } from '../router.ts';
import { boardFor } from './board-access.ts';
import type { MakingBoards } from './making-boards.ts';

interface AddingImages extends MakingBoards {
  readonly images: ImageStore;
}

/** Keeps an image's file for those who may draw on a board, and says its id. What it is, its bytes say. */
export const addImage = ({ boards, images, limit, elapsed }: AddingImages): Route => ({
  method: 'POST',
  path: '/api/boards/:board/images',
  async handle(request, params): Promise<Answer> {
    const allowed = await boardFor(boards, request, params);
    if (isRefusal(allowed)) return allowed;
    if (allowed.role === 'viewer') {
      return refuse(403, 'NotAllowed', 'This link shows the board and does not allow drawing.');
    }
    // A type that no form can send: a page elsewhere has to ask first, and is told no.
    if (!request.header('content-type').startsWith('image/')) {
      return refuse(415, 'WrongMediaType', 'Send the image\'s file as "Content-Type: image/png" or "image/jpeg".');
    }
    if (!limit.take(request.remoteAddress, elapsed())) {
      return refuse(429, 'TooFast', 'Too many images came from this address. Try again in a minute.', {
        'retry-after': '60',
      });
    }
    const bytes = await imageIn(request);
    if (isRefusal(bytes)) return bytes;
    const header = imageHeader(bytes);
    const fault = faultOf(header);
    if (!header || fault) return refuse(415, 'WrongMediaType', fault);
    const id = await images.put(bytes).catch(() => null);
    if (!id) {
      return refuse(503, 'ImagesUnavailable', 'The server cannot save images just now. Try again soon.', {
        'retry-after': '10',
      });
    }
    return json(201, { id, ...header }, { location: `/api/images/${id}` });
  },
});

async function imageIn(request: HttpRequest): Promise<Uint8Array | Refusal> {
  try {
    return await request.body(MAX_IMAGE_BYTES);
  } catch (error) {
    if (error instanceof BodyTooLarge) return refuse(413, 'TooLarge', `An image may have ${MAX_IMAGE_BYTES} bytes.`);
    throw error;
  }
}

function faultOf(header: ImageHeader | null): string {
  if (!header) return 'This is neither a PNG nor a JPEG.';
  const isLarge = Math.max(header.width, header.height) > MAX_IMAGE_SIDE;
  return isLarge ? `An image may have ${MAX_IMAGE_SIDE} pixels on a side.` : '';
}

/** An image's file. Its id is the hash of what it shows: whoever knows it has seen the board that it is on. */
export const showImage = (images: ImageStore): Route => ({
  method: 'GET',
  path: '/api/images/:image',
  async handle(_request, { image = '' }): Promise<Answer> {
    const bytes = isImageId(image) ? await images.get(image) : null;
    const header = bytes && imageHeader(bytes);
    if (!header) return refuse(404, 'NoSuchImage', 'There is no such image here, or it is still on its way.');
    return {
      status: 200,
      headers: {
        'content-type': header.mediaType,
        'cache-control': 'private, max-age=31536000, immutable',
        // Opened by itself it does nothing but show.
        'content-security-policy': "sandbox; default-src 'none'",
        'cross-origin-resource-policy': 'same-origin',
      },
      body: bytes,
    };
  },
});
