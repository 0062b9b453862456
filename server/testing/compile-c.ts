import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Compiles a C file of this folder; says why that cannot be done here, or null. */
export function compileC(source: string, output: string, ...flags: readonly string[]): string | null {
  const path = fileURLToPath(new URL(source, import.meta.url));
  try {
    execFileSync('cc', ['-O1', '-o', output, path, ...flags], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `it cannot be compiled here: ${String(error)}`;
  }
}
