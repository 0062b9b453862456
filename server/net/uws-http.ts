import { STATUS_CODES } from 'node:http';
import type { HttpRequest as UwsRequest, HttpResponse as UwsResponse } from 'uws-20.69';
import { clientAddress } from './client-address.ts';
import {
  type HttpHandler,
  type HttpRequest,
  type HttpResponse,
  RequestAborted,
  type UpgradeHandler,
} from './listener.ts';
import type { UnsentBytes } from './unsent-bytes.ts';
import { BodyReader, hasBody } from './uws-body.ts';

interface ExchangeOptions {
  readonly failed: (cause: unknown) => void;
  readonly unsent: UnsentBytes;
  readonly trustProxy?: boolean;
}

/** One HTTP request and its response. The request is read in the constructor: it is gone after the callback. */
export class Exchange {
  readonly remoteAddress: string;
  readonly #response: UwsResponse;
  readonly #failed: (cause: unknown) => void;
  readonly #unsent: UnsentBytes;
  /** Called when all has been sent, or the client has gone. */
  #release: (() => void) | null = null;
  readonly #head: Omit<HttpRequest, 'body' | 'signal'>;
  readonly #body: BodyReader | null;
  #abort: AbortController | null = null;
  #aborted = false;
  /** Called when the client takes more, or has gone. */
  #wake: (() => void) | null = null;

  constructor(response: UwsResponse, request: UwsRequest, { failed, unsent, trustProxy = false }: ExchangeOptions) {
    this.#response = response;
    this.#failed = failed;
    this.#unsent = unsent;
    const socketAddress = plainAddress(Buffer.from(response.getRemoteAddressAsText()).toString());
    this.remoteAddress = clientAddress(socketAddress, request.getHeader('x-forwarded-for'), trustProxy);
    this.#head = readHead(request, this.remoteAddress);
    this.#body = hasBody(this.#head) ? new BodyReader(response) : null;
    response.onAborted(() => this.#onAborted());
  }

  decide(handler: UpgradeHandler): ReturnType<UpgradeHandler> {
    try {
      return handler(this.#head);
    } catch (cause) {
      this.#failed(cause);
      return { refuse: internalError };
    }
  }

  async run(handler: HttpHandler): Promise<void> {
    try {
      await this.#respond(await handler(this.#request()));
    } catch (cause) {
      if (this.#aborted || cause instanceof RequestAborted) return;
      this.#failed(cause);
      await this.#respond(internalError);
    }
  }

  async #respond(response: HttpResponse): Promise<void> {
    const { body } = response;
    if (typeof body === 'string' || body instanceof Uint8Array) this.#respondWhole(response, body);
    else await this.#respondStreaming(response, body[Symbol.asyncIterator]());
  }

  #request(): HttpRequest {
    const signal = (): AbortSignal => this.#signal();
    return {
      ...this.#head,
      body: async (maxBytes) => (await this.#body?.read(maxBytes)) ?? new Uint8Array(0),
      get signal() {
        return signal();
      },
    };
  }

  /** Made when it is asked for: few handlers do. */
  #signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#aborted) this.#abort.abort();
    return this.#abort.signal;
  }

  #onAborted(): void {
    this.#aborted = true;
    this.#body?.abort();
    this.#abort?.abort();
    this.#release?.();
    this.#wake?.();
  }

  #respondWhole(response: HttpResponse, body: string | Uint8Array): void {
    if (this.#aborted) return;
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    if (!response.shared && this.#head.method !== 'HEAD' && !this.#unsent.hasRoom(this.remoteAddress, bytes.length)) {
      return this.#respondWhole(tooMuchUnsent, tooMuchUnsent.body);
    }
    this.#response.cork(() => {
      this.#writeHead(response);
      if (response.status === 204 || response.status === 304) this.#response.endWithoutBody();
      else if (this.#head.method === 'HEAD') this.#response.endWithoutBody(bytes.length);
      else if (this.#body?.unfinished) this.#response.end(bytes, true);
      else this.#sendWhole(bytes, response.shared ?? false);
    });
  }

  /** Gives the kernel what it takes and waits for the client before it gives more, so that nothing is copied. */
  #sendWhole(bytes: Uint8Array, isShared: boolean): void {
    if (bytes.length === 0) return void this.#response.end();
    const [sent, ended] = this.#response.tryEnd(bytes, bytes.length);
    if (sent || ended) return;
    const release = isShared ? () => {} : this.#unsent.hold(this.remoteAddress, bytes.length);
    this.#release = release;
    this.#response.onWritable((offset) => {
      const [isSent, hasEnded] = this.#response.tryEnd(bytes.subarray(offset), bytes.length);
      if (hasEnded) release();
      return isSent;
    });
  }

  async #respondStreaming(response: HttpResponse, chunks: AsyncIterator<Uint8Array>): Promise<void> {
    // What fails before the first chunk can still become an honest status.
    let chunk = await chunks.next();
    if (!this.#aborted) this.#startStream(response);
    try {
      while (!chunk.done && !this.#aborted && this.#head.method !== 'HEAD') {
        await this.#write(chunk.value);
        if (!this.#aborted) chunk = await chunks.next();
      }
      if (!this.#aborted && this.#head.method !== 'HEAD') this.#response.cork(() => this.#response.end());
    } catch (cause) {
      // The client must not take what it got for the whole.
      if (!this.#aborted) this.#response.close();
      this.#failed(cause);
    } finally {
      if (!chunk.done) await chunks.return?.();
    }
  }

  #startStream(response: HttpResponse): void {
    this.#response.onWritable(() => {
      this.#wake?.();
      return true;
    });
    this.#response.cork(() => {
      this.#writeHead(response);
      if (this.#head.method === 'HEAD') this.#response.endWithoutBody();
    });
  }

  async #write(chunk: Uint8Array): Promise<void> {
    let more = true;
    const writable = new Promise<void>((resolve) => (this.#wake = resolve));
    this.#response.cork(() => (more = this.#response.write(chunk)));
    if (!more) await writable;
  }

  #writeHead({ status, headers }: HttpResponse): void {
    for (const [name, value] of Object.entries(headers)) {
      if (/[\r\n\0]/.test(name + value)) throw new Error(`Header ${name} has a character that headers cannot have.`);
    }
    this.#response.writeStatus(`${status} ${STATUS_CODES[status] ?? ''}`);
    for (const [name, value] of Object.entries(headers)) this.#response.writeHeader(name, value);
  }
}

const internalError: HttpResponse = {
  status: 500,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify({ error: { code: 'InternalError', message: 'The server failed to answer.' } }),
};

const tooMuchUnsent = {
  status: 503,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'retry-after': '5' },
  body: JSON.stringify({
    error: { code: 'Busy', message: 'Too many answers wait to be taken from here. Take those first, then ask again.' },
  }),
} satisfies HttpResponse;

function readHead(request: UwsRequest, remoteAddress: string): Omit<HttpRequest, 'body' | 'signal'> {
  const headers = new Map<string, string>();
  request.forEach((name, value) => {
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  });
  const search = request.getQuery();
  return {
    method: request.getCaseSensitiveMethod(),
    path: request.getUrl(),
    query: new URLSearchParams(search),
    header: (name) => headers.get(name) ?? '',
    remoteAddress,
  };
}

/** IPv4 as it is usually written, also where the listener speaks IPv6 and sees it mapped. */
export function plainAddress(text: string): string {
  const mapped = /^0000:0000:0000:0000:0000:ffff:([0-9a-f]{4}):([0-9a-f]{4})$/.exec(text);
  if (!mapped) return text;
  return [mapped[1], mapped[2]]
    .flatMap((word = '') => [Number.parseInt(word.slice(0, 2), 16), Number.parseInt(word.slice(2), 16)])
    .join('.');
}
