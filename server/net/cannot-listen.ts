import { createServer } from 'node:net';

export class CannotListen extends Error {
  override readonly name = 'CannotListen';
}

/** uWebSockets.js does not say why it could not listen; Node does. */
export function whyNot(host: string, port: number): Promise<CannotListen> {
  return new Promise((resolve) => {
    const probe = createServer();
    const answer = (text: string): void => resolve(new CannotListen(`Cannot listen on ${host} port ${port}: ${text}`));
    probe.once('error', (error: NodeJS.ErrnoException) => answer(reasonOf(error)));
    probe.listen(port, host, () => probe.close(() => answer('it was in use a moment ago. Try again.')));
  });
}

export function reasonOf(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return 'another program is using it. Stop that program, or choose another PORT.';
    case 'EACCES':
      return 'this user may not use it. Choose a PORT above 1023.';
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return 'this machine has no such address. Choose another HOST.';
    default:
      return `${error.message}.`;
  }
}
