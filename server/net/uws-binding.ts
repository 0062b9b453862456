import { createRequire } from 'node:module';

export type UWebSockets = typeof import('uws-20.69');

// Newest first. Each build carries binaries for other Nodes, and needs another C library on Linux (see `advice`).
const BUILDS = ['uws-20.69', 'uws-20.51'];

/** uWebSockets.js, in the newest build that loads here. Importing this file throws where none does. */
export const uWS: UWebSockets = firstThatLoads(BUILDS, createRequire(import.meta.url));

export function firstThatLoads(builds: readonly string[], load: (build: string) => unknown): UWebSockets {
  const causes: string[] = [];
  for (const build of builds) {
    try {
      return load(build) as UWebSockets;
    } catch (error) {
      causes.push(`${build}: ${(error as Error).message}`);
    }
  }
  throw new Error(advice(thisSystem()), { cause: causes });
}

export interface System {
  node: string;
  platform: string;
  arch: string;
  /** Only on Linux with the GNU C library. */
  glibc?: string;
}

export function advice({ node, platform, arch, glibc }: System): string {
  const library = platform !== 'linux' ? '' : glibc === undefined ? ' without glibc' : ` with glibc ${glibc}`;
  return (
    `uWebSockets.js has no build for Node ${node} on ${platform} ${arch}${library}: ` +
    'use Node 20 or 22 (on Linux with glibc 2.27 or newer), or Node 24 or 26 (on Linux with glibc 2.38 or newer, as in Debian 13 and Ubuntu 24.04).'
  );
}

function thisSystem(): System {
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const glibc = report.header?.glibcVersionRuntime;
  return {
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    ...(glibc === undefined ? {} : { glibc }),
  };
}
