import { createServer } from 'node:net';
import { CannotListen, reasonOf } from './cannot-listen.ts';

/** A port that nobody has just now. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => reject(new CannotListen(`Cannot listen on ${host}: ${reasonOf(error)}`)));
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
