import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { matches } from './entity-tag.ts';
import type { HttpRequest, HttpResponse } from './listener.ts';

/** The page as it was built: read once, so that no path of a request ever reaches the file system. */
export interface StaticFiles {
  /** The file at the request's path; null where there is none. */
  file(request: HttpRequest): Promise<HttpResponse | null>;
  /** `index.html`; null where the page was never built. */
  page(request: HttpRequest, status: number): Promise<HttpResponse | null>;
}

type Encoding = 'br' | 'gzip';

interface StaticFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly tag: string;
  /** Its name changes with its content. */
  readonly hashed: boolean;
  /** Made when first asked for; null where it would save nothing. */
  readonly packed: Map<Encoding, Promise<Uint8Array>> | null;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
};

const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.txt', '.wasm']);
const MIN_COMPRESSED_BYTES = 1024;

/**
 * The page runs what came with it and talks to its own server, and nothing else. Styles may not be written into
 * markup; scripts may set them.
 */
const contentSecurityPolicy = (ancestors: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');

const pageHeaders = {
  'content-security-policy': contentSecurityPolicy("'none'"),
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};

/** The player is made for other sites' pages: it draws nothing and knows nobody, so that nothing can be clicked away. */
const playerHeaders = {
  ...pageHeaders,
  'content-security-policy': contentSecurityPolicy('*'),
  'cross-origin-resource-policy': 'cross-origin',
};
/** What other sites' pages load themselves. */
const PLAYER_SCRIPT = '/retrace-player.js';

export async function loadStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  for (const path of await filesBelow(folder)) {
    files.set(`/${relative(folder, path).split(sep).join('/')}`, describe(path, await readFile(path)));
  }
  const index = files.get('/index.html');
  return {
    async file(request) {
      const file = request.path === '/index.html' ? undefined : files.get(request.path);
      const shared = request.path === PLAYER_SCRIPT ? { 'cross-origin-resource-policy': 'cross-origin' } : {};
      return file ? respond(file, request, 200, shared) : null;
    },
    page: async (request, status) =>
      index ? respond(index, request, status, request.path.startsWith('/embed/') ? playerHeaders : pageHeaders) : null,
  };
}

async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function describe(path: string, bytes: Uint8Array): StaticFile {
  const extension = extname(path);
  return {
    type: types[extension] ?? 'application/octet-stream',
    bytes,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 16),
    // Vite names what it puts here after its content.
    hashed: path.split(sep).includes('assets'),
    packed: COMPRESSIBLE.has(extension) && bytes.length >= MIN_COMPRESSED_BYTES ? new Map() : null,
  };
}

async function respond(
  file: StaticFile,
  request: HttpRequest,
  status: number,
  extra: Readonly<Record<string, string>> = {},
): Promise<HttpResponse> {
  const encoding = file.packed && encodingFor(request.header('accept-encoding'));
  const tag = `"${file.tag}${encoding ? `-${encoding}` : ''}"`;
  const headers = {
    'content-type': file.type,
    'cache-control': file.hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'cross-origin-resource-policy': 'same-origin',
    etag: tag,
    ...(file.packed ? { vary: 'accept-encoding' } : {}),
    ...extra,
  };
  if (status === 200 && matches(request.header('if-none-match'), tag)) return { status: 304, headers, body: '' };
  if (!encoding) return { status, headers, body: file.bytes, shared: true };
  return {
    status,
    headers: { ...headers, 'content-encoding': encoding },
    body: await packed(file, encoding),
    shared: true,
  };
}

/** The best that the client takes, without weighing its preferences against each other. */
function encodingFor(accepted: string): Encoding | null {
  const takes = (encoding: Encoding): boolean =>
    accepted.split(',').some((entry) => {
      const [name, ...parameters] = entry
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      return name === encoding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
    });
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null;
}

function packed(file: StaticFile, encoding: Encoding): Promise<Uint8Array> {
  const known = file.packed?.get(encoding);
  if (known) return known;
  const made = encoding === 'br' ? packBrotli(file.bytes) : promisify(gzip)(file.bytes, { level: 9 });
  file.packed?.set(encoding, made);
  return made;
}

/** Once for each file and start, on another thread: worth the best that still takes well under a second. */
const packBrotli = (bytes: Uint8Array): Promise<Uint8Array> =>
  promisify(brotliCompress)(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
