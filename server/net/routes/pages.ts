import { isBoardId } from '../../../shared/ids.ts';
import { refuse } from '../answer.ts';
import type { HttpRequest } from '../listener.ts';
import type { Answer } from '../router.ts';
import type { StaticFiles } from '../static-files.ts';

/** What is no part of the API: the page's files, and the page itself, which says so where an address leads nowhere. */
export const pages =
  (files: StaticFiles) =>
  async (request: HttpRequest): Promise<Answer> => {
    const { path, method } = request;
    if (path === '/api' || path.startsWith('/api/')) return refuse(404, 'NoSuchPath', `There is no ${path} here.`);
    if (method !== 'GET' && method !== 'HEAD') {
      return refuse(405, 'WrongMethod', 'Pages answer only GET, HEAD.', { allow: 'GET, HEAD' });
    }
    const file = await files.file(request);
    if (file) return file;
    const page = await files.page(request, leadsSomewhere(path) ? 200 : 404);
    return page ?? refuse(503, 'NoSuchPath', 'The page is not built. Run "npm run build".');
  };

function leadsSomewhere(path: string): boolean {
  const [, board] = /^\/(?:b|embed)\/([^/]+)\/?$/.exec(path) ?? [];
  return path === '/' || (board !== undefined && isBoardId(board));
}
