/** Where a request comes from: behind a trusted proxy, the address that the proxy wrote last into `X-Forwarded-For`. */
export function clientAddress(socketAddress: string, forwardedFor: string, trustProxy: boolean): string {
  const forwarded = trustProxy ? forwardedFor.split(',').at(-1)?.trim() : '';
  return forwarded ? forwarded : socketAddress;
}

/** This machine itself, which no limit by address is for. */
export const isLoopback = (address: string): boolean =>
  address.startsWith('127.') || address === '::1' || address === '0000:0000:0000:0000:0000:0000:0000:0001';
