import { ImageCache } from './image-cache.ts';
import { waitingImages } from './waiting-images.ts';

/** Images that this browser has and the server not yet. */
export const waiting = waitingImages();

/** The page's images: what is still on its way to the server is shown from here. */
export const images = new ImageCache(async (id) => {
  const own = await waiting.get(id);
  if (own) return new Blob([own]);
  const response = await fetch(`/api/images/${id}`);
  return response.ok ? response.blob() : null;
});
