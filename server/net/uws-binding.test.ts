import { expect, test } from 'vitest';
import { advice, firstThatLoads, uWS } from './uws-binding.ts';

test('this system has a build that loads', () => {
  expect(uWS.App).toBeTypeOf('function');
  expect(uWS.SHARED_COMPRESSOR).toBeTypeOf('number');
});

test('the first build that loads is taken', () => {
  const tried: string[] = [];
  const load = (build: string): unknown => {
    tried.push(build);
    if (build === 'too-new') throw new Error("version `GLIBC_2.38' not found");
    return { build };
  };
  expect(firstThatLoads(['too-new', 'fits', 'older'], load)).toEqual({ build: 'fits' });
  expect(tried).toEqual(['too-new', 'fits']);
});

test('where none loads, the error says in one sentence what to use, and keeps the causes', () => {
  const attempt = (): unknown =>
    firstThatLoads(['a', 'b'], () => {
      throw new Error('Cannot find module');
    });
  expect(attempt).toThrow(/^uWebSockets\.js has no build for Node .+: use Node 20 or 22 .+\.$/);
  try {
    attempt();
  } catch (error) {
    expect((error as Error).cause).toEqual(['a: Cannot find module', 'b: Cannot find module']);
  }
});

test('the advice names the C library only where it matters', () => {
  expect(advice({ node: '24.1.0', platform: 'linux', arch: 'x64', glibc: '2.36' })).toContain(
    'Node 24.1.0 on linux x64 with glibc 2.36:',
  );
  expect(advice({ node: '22.1.0', platform: 'linux', arch: 'x64' })).toContain('linux x64 without glibc:');
  expect(advice({ node: '21.0.0', platform: 'darwin', arch: 'arm64' })).toContain('Node 21.0.0 on darwin arm64:');
});
