import { type BoardId, isBoardId } from '../../shared/ids.ts';

/** What a call of the server came to. A failure says what happened in words for a person. */
export type Answer<T> = { readonly value: T } | { readonly failure: string; readonly status: number };

/** ms after which a server that says nothing counts as out of reach. */
const PATIENCE = 15_000;

export async function createBoard(title: string): Promise<Answer<BoardId>> {
  const answer = await call('/api/boards', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(title === '' ? {} : { title }),
  });
  if ('failure' in answer) return answer;
  const id = field(answer.value, 'id');
  return typeof id === 'string' && isBoardId(id)
    ? { value: id }
    : { failure: 'The server answered with something that is not a board.', status: 0 };
}

/** Makes a board that begins as another was at a time; gives its path, with the secret that opens it where it has one. */
export async function branchBoard(id: BoardId, at: number, linkKey: string | null): Promise<Answer<string>> {
  const answer = await call(`/api/boards/${id}/branches`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(linkKey === null ? {} : { authorization: `Bearer ${linkKey}` }),
    },
    body: JSON.stringify({ at: Math.round(at) }),
  });
  if ('failure' in answer) return answer;
  const path = field(field(answer.value, 'links'), 'edit');
  return typeof path === 'string' && path.startsWith('/b/')
    ? { value: path }
    : { failure: 'The server answered with something that is not a board.', status: 0 };
}

/** Asks the server with the secret of a link. */
export const fetchWith =
  (linkKey: string | null) =>
  (url: string, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (linkKey !== null) headers.set('authorization', `Bearer ${linkKey}`);
    return fetch(url, { ...init, headers });
  };

/** When an event was recorded; null where there is none, or nobody can be asked. */
export async function timeOfRevision(id: BoardId, linkKey: string | null, revision: number): Promise<number | null> {
  const path = `/api/boards/${id}/events?after=${Math.max(0, revision - 1)}&limit=1`;
  const response = await fetchWith(linkKey)(path).catch(() => null);
  if (!response?.ok) return null;
  const { events } = (await response.json()) as { events: { at: number }[] };
  return events[0]?.at ?? null;
}

async function call(path: string, init: RequestInit): Promise<Answer<unknown>> {
  try {
    const response = await fetch(path, { ...init, signal: AbortSignal.timeout(PATIENCE) });
    const body: unknown = await response.json().catch(() => null);
    if (response.ok) return { value: body };
    const message = field(field(body, 'error'), 'message');
    const failure = typeof message === 'string' ? message : `The server answered with an error (${response.status}).`;
    return { failure, status: response.status };
  } catch {
    const failure = navigator.onLine ? 'The server cannot be reached just now.' : 'This device is offline.';
    return { failure, status: 0 };
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
