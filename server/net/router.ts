import { LogUnavailable } from '../log/event-log.ts';
import { type Refusal, isRefusal, refusalResponse, refuse } from './answer.ts';
import { type HttpHandler, type HttpRequest, type HttpResponse, RequestAborted } from './listener.ts';

export type Answer = HttpResponse | Refusal;
export type Params = Readonly<Record<string, string>>;

export interface Route {
  /** GET also answers HEAD: the listener leaves the body out. */
  readonly method: 'GET' | 'POST';
  /** `:name` stands for one or more characters that are no slash: `/api/boards/:board/export.:format`. */
  readonly path: string;
  readonly handle: (request: HttpRequest, params: Params) => Answer | Promise<Answer>;
}

export interface RouterObserver {
  answered(route: string, status: number, ms: number): void;
  refused(code: string): void;
  failed(cause: unknown): void;
}

interface Options {
  readonly routes: readonly Route[];
  /** Answers what no route is for. */
  readonly otherwise: (request: HttpRequest) => Answer | Promise<Answer>;
  /** ms that never go back. */
  readonly elapsed: () => number;
  readonly observer: RouterObserver;
}

/** Finds the route and answers, whatever happens in it: nothing is thrown past it but that the client has gone. */
export function createRouter({ routes, otherwise, elapsed, observer }: Options): HttpHandler {
  const compiled = routes.map((route) => ({ route, pattern: patternOf(route.path) }));

  const find = (request: HttpRequest): { name: string; handle: () => Answer | Promise<Answer> } => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const matching = compiled.flatMap(({ route, pattern }) => {
      const found = pattern.exec(request.path);
      return found ? [{ route, params: { ...found.groups } }] : [];
    });
    if (matching.length === 0) return { name: 'other', handle: () => otherwise(request) };
    const right = matching.find(({ route }) => route.method === method);
    if (!right) return { name: 'other', handle: () => wrongMethod(matching.map(({ route }) => route.method)) };
    return { name: right.route.path, handle: () => right.route.handle(request, right.params) };
  };

  return async (request) => {
    const began = elapsed();
    const { name, handle } = find(request);
    const answer = await settle(handle, observer);
    if (isRefusal(answer)) observer.refused(answer.refusal.code);
    const response = isRefusal(answer) ? refusalResponse(answer) : answer;
    observer.answered(name, response.status, elapsed() - began);
    return { ...response, headers: { ...commonHeaders, ...response.headers } };
  };
}

/** Kept off by no route: what a browser might otherwise guess or tell. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

async function settle(handle: () => Answer | Promise<Answer>, observer: RouterObserver): Promise<Answer> {
  try {
    return await handle();
  } catch (cause) {
    if (cause instanceof RequestAborted) throw cause;
    observer.failed(cause);
    if (cause instanceof LogUnavailable) {
      const message = 'The server cannot read or save boards just now. Try again soon.';
      return refuse(503, 'LogUnavailable', message, { 'retry-after': '2' });
    }
    return refuse(500, 'InternalError', 'The server failed to answer. Its log says why.');
  }
}

function wrongMethod(allowed: readonly Route['method'][]): Refusal {
  const allow = [...new Set(allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(', ');
  return refuse(405, 'WrongMethod', `This path answers only ${allow}.`, { allow });
}

function patternOf(path: string): RegExp {
  const literal = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replace(/:([a-z]+)/g, '(?<$1>[^/]+)')}$`);
}
