import type { HttpResponse } from './listener.ts';

type Headers = Readonly<Record<string, string>>;

export const json = (status: number, value: unknown, headers: Headers = {}): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

/** A refusal that programs can tell by its code and people can read. */
export interface Refusal {
  readonly refusal: { readonly status: number; readonly code: RefusalCode; readonly message: string };
  readonly headers?: Headers;
}

export type RefusalCode =
  | 'BadRequest'
  | 'NotAllowed'
  | 'WrongOrigin'
  | 'NoSuchBoard'
  | 'NoSuchPath'
  | 'NoSuchSegment'
  | 'NoSuchImage'
  | 'NoSuchFormat'
  | 'WrongMethod'
  | 'TooLarge'
  | 'WrongMediaType'
  | 'WrongSubprotocol'
  | 'UpgradeRequired'
  | 'TooManyConnections'
  | 'TooFast'
  | 'Busy'
  | 'LogUnavailable'
  | 'ImagesUnavailable'
  | 'InternalError';

export const refuse = (status: number, code: RefusalCode, message: string, headers: Headers = {}): Refusal => ({
  refusal: { status, code, message },
  headers,
});

export const refusalResponse = ({ refusal, headers = {} }: Refusal): HttpResponse =>
  json(refusal.status, { error: { code: refusal.code, message: refusal.message } }, headers);

export const isRefusal = (value: object): value is Refusal => 'refusal' in value;
