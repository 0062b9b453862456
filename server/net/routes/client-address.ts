import type { HttpRequest } from '../listener.ts';

/** Where a request comes from: behind a trusted proxy, the address that the proxy wrote last. */
export function clientAddress(request: Pick<HttpRequest, 'header' | 'remoteAddress'>, trustProxy: boolean): string {
  const forwarded = trustProxy ? request.header('x-forwarded-for').split(',').at(-1)?.trim() : '';
  return forwarded ? forwarded : request.remoteAddress;
}

/** This machine itself, which no limit by address is for. */
export const isLoopback = (address: string): boolean =>
  address.startsWith('127.') || address === '::1' || address === '0000:0000:0000:0000:0000:0000:0000:0001';
