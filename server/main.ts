// Where everything begins: the only file that reads the environment and ends the process.

import { ConfigError, readConfig, unknownSettings } from './config.ts';
import { CannotOpenLog } from './log/cannot-open-log.ts';
import { createLogger } from './logger.ts';
import { CannotListen } from './net/cannot-listen.ts';
import { type RunningServer, serve } from './serve.ts';

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'The server came upon something that cannot happen, and ends.');
    process.exit(1);
  });
  for (const name of unknownSettings(process.env)) logger.warn(`There is no setting ${name}: it is ignored.`);
  const server = await serve(config, { logger });
  process.stdout.write(`Retrace is running: ${addressOf(config.host, server.port)}\n`);
  stopOnSignal(server, config.stopSeconds);
}

/** One that a browser on this machine can open. */
function addressOf(host: string, port: number): string {
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}

function stopOnSignal(server: RunningServer, stopSeconds: number): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) {
      process.stderr.write('Stopped at once.\n');
      process.exit(1);
    }
    stopping = true;
    setTimeout(() => {
      process.stderr.write(`Not everything could be finished in ${stopSeconds} s.\n`);
      process.exit(1);
    }, stopSeconds * 1000);
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        throw error;
      },
    );
  };
  process.on('SIGTERM', stop).on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof CannotOpenLog || error instanceof CannotListen;
  process.stderr.write(expected ? `${error.message}\n` : `Retrace cannot start: ${(error as Error)?.stack ?? error}\n`);
  process.exit(1);
});
