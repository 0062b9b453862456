// The architecture as a test: which file may import what, what a file may be called, how long it may be.
// A rule that stands in the way is a question to ask, not a line to delete: see "Where things live" in CONTRIBUTING.md.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MAX_LINES = 300;

interface Source {
  /** From the project's folder: `server/log/sqlite.ts`. */
  path: string;
  text: string;
  /** `text` without comments. */
  code: string;
  imports: Import[];
}

interface Import {
  /** As it is written: `../ids.ts`, `rxjs`, `node:fs`. */
  name: string;
  /** A file of the project, from its folder; undefined for packages and Node's own modules. */
  file: string | undefined;
}

const sources = ['shared', 'server', 'web'].flatMap(filesBelow).filter(isSource).map(readSource);
const typescript = sources.filter(({ path }) => path.endsWith('.ts'));
const svelte = sources.filter(({ path }) => path.endsWith('.svelte'));

// ── Arrows between the three folders

test('shared imports only shared: no package, and nothing of Node', () => {
  expect(arrows(isIn('shared'), ({ file }) => !isIn('shared')(file))).toEqual([]);
});

test('server and web never import each other', () => {
  expect(arrows(isIn('server'), ({ file }) => isIn('web')(file))).toEqual([]);
  expect(arrows(isIn('web'), ({ file }) => isIn('server')(file))).toEqual([]);
});

test('what is shipped never imports test material', () => {
  expect(arrows(always, ({ file }) => file !== undefined && isTest(file))).toEqual([]);
});

test('an import names a file that exists, with its extension', () => {
  expect(
    arrows(always, ({ file }) => file !== undefined && !(/\.\w+$/.test(file) && existsSync(join(ROOT, file)))),
  ).toEqual([]);
});

// ── Arrows inside a folder

test('the core (shared/*.ts) knows nothing of the wire and of export formats', () => {
  const isCore = (path: string): boolean => dirname(path) === 'shared';
  expect(arrows(isCore, ({ file }) => isIn('shared/wire')(file) || isIn('shared/export')(file))).toEqual([]);
});

test('only server/net/uws*.ts knows uWebSockets.js', () => {
  const others = (path: string): boolean => !/^server\/net\/uws[^/]*\.ts$/.test(path);
  expect(arrows(others, ({ name }) => /^(uws-|uWebSockets|@uwsjs\/)/.test(name))).toEqual([]);
});

test('only server/log knows better-sqlite3', () => {
  const others = (path: string): boolean => !isIn('server/log')(path);
  expect(arrows(others, ({ name }) => name === 'better-sqlite3')).toEqual([]);
});

test('a log imports its port, shared, and files beside it, so that it can be taken out whole', () => {
  const allowed = (file: string): boolean =>
    isIn('server/log')(file) || isIn('shared')(file) || file === 'server/thread.ts';
  expect(arrows(isIn('server/log'), ({ file }) => file !== undefined && !allowed(file))).toEqual([]);
});

test('the peers that benchmarks compare with are never installed with the project, nor shipped', () => {
  const read = (file: string): { dependencies: object } => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));
  const peers = Object.keys(read('web/testing/peers/package.json').dependencies);
  expect(peers).toContain('tldraw');
  const isPeer = (name: string): boolean => peers.some((peer) => name === peer || name.startsWith(`${peer}/`));
  expect(arrows(always, ({ name }) => isPeer(name))).toEqual([]);
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as { packages: object };
  expect(Object.keys(packages).filter((path) => isPeer(path.replace(/^.*node_modules\//, '')))).toEqual([]);
});

// ── Purity

test('for the compiler, shared has neither a browser nor Node around it', () => {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, 'shared/tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => expect.fail(String(messageText)),
    },
  );
  const program = ts.createProgram(config?.fileNames ?? [], config?.options ?? {});
  const files = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(files.filter((file) => /lib\.(dom|webworker)|@types\/node|\/vitest\//.test(file))).toEqual([]);
});

test('shared has no clock and no randomness: both come in as parameters', () => {
  expect(
    uses(isIn('shared'), /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bcrypto\b/),
  ).toEqual([]);
});

test('only server/main.ts and the command line read the environment', () => {
  const others = (path: string): boolean =>
    !(path === 'server/main.ts' || isIn('server/cli')(path) || isIn('server/launch')(path) || isConfig(path));
  expect(uses(others, /\bprocess\s*\.\s*env\b|\benv\b[^;]*\bfrom 'node:process'/)).toEqual([]);
});

test('runes live in *.svelte and *.svelte.ts only', () => {
  const isPlain = (path: string): boolean => !/\.svelte(\.ts)?$/.test(path);
  expect(uses(isPlain, /\$(state|derived|effect|props|bindable|inspect|host)\b/)).toEqual([]);
});

test('nothing that people wrote is put on the page as HTML', () => {
  expect(uses(always, /\{@html\b|\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write\b/)).toEqual([]);
});

test("no style attribute without an expression: the page's content security policy refuses it", () => {
  expect(uses(always, /<[A-Za-z][^>]*\sstyle="[^"{]*"/)).toEqual([]);
});

// ── Form

test('no default exports: a thing has one name everywhere', () => {
  const others = (path: string): boolean => !isConfig(path);
  expect(uses(others, /\bexport\s+default\b|\bas\s+default\b/)).toEqual([]);
});

test('no index.ts that only passes on what others export', () => {
  const onlyPassesOn = ({ code }: Source): boolean =>
    code.replaceAll(/export\s[^;]*?\bfrom\s*'[^']*';?/g, '').trim() === '';
  const indexes = typescript.filter(({ path }) => basename(path) === 'index.ts');
  expect(indexes.filter(onlyPassesOn).map(({ path }) => path)).toEqual([]);
});

test('files are kebab-case, Svelte components PascalCase, folders kebab-case', () => {
  const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const isMisnamed = ({ path }: Source): boolean => {
    const [file = '', ...folders] = path.split('/').reverse();
    const isComponent = file.endsWith('.svelte');
    const wellNamed = isComponent
      ? /^([A-Z][a-z0-9]*)+\.svelte$/.test(file)
      : file.split('.').every((part) => KEBAB.test(part));
    return !wellNamed || !folders.every((folder) => KEBAB.test(folder));
  };
  expect(sources.filter(isMisnamed).map(({ path }) => path)).toEqual([]);
});

test(`no file is over ${MAX_LINES} lines: a concept inside it wants a name`, () => {
  const lines = ({ text }: Source): number => text.trimEnd().split('\n').length;
  const long = sources.filter((source) => lines(source) > MAX_LINES);
  expect(long.map((source) => `${source.path}: ${lines(source)} lines`)).toEqual([]);
});

test('this test sees the files it is about', () => {
  expect(typescript.length).toBeGreaterThan(10);
  expect(svelte.length).toBeGreaterThan(0);
  expect(arrows(isIn('shared'), ({ file }) => file === 'shared/ids.ts')).not.toEqual([]);
  expect(arrows(isIn('server'), ({ file }) => isIn('shared')(file))).not.toEqual([]);
});

// ── How it is read

/** The imports, as `from → to`, of the files that `from` picks and for which `forbidden` holds. */
function arrows(from: (path: string) => boolean, forbidden: (to: Import, from: string) => boolean): string[] {
  return sources
    .filter(({ path }) => from(path))
    .flatMap(({ path, imports }) =>
      imports.filter((to) => forbidden(to, path)).map((to) => `${path} → ${to.file ?? to.name}`),
    );
}

/** The lines, as `file: line`, where a file that `among` picks says something of the pattern outside a comment. */
function uses(among: (path: string) => boolean, pattern: RegExp): string[] {
  return sources
    .filter(({ path }) => among(path))
    .flatMap(({ path, code }) =>
      code.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
    );
}

function always(): boolean {
  return true;
}

function isIn(folder: string): (path: string | undefined) => boolean {
  return (path) => path?.startsWith(`${folder}/`) === true;
}

function isConfig(path: string): boolean {
  return path.endsWith('.config.ts');
}

/** Tests and benchmarks; the acceptance suite that a port brings with it (`contract.ts`); what tests share. */
function isTest(path: string): boolean {
  return /\.(test|bench)\.ts$|[/-]contract(\.ts$|\/)|\/testing\/|^web\/e2e\//.test(path);
}

function isSource(path: string): boolean {
  return /\.(ts|svelte|mjs)$/.test(path) && !isTest(path);
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const script = path.endsWith('.svelte') ? scriptsOf(text) : text;
  const names = [
    ...ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName),
    ...filesByUrl(withoutComments(script)),
  ];
  return {
    path,
    text,
    code: withoutComments(text),
    imports: names.map((name) => ({ name, file: resolve(path, name) })),
  };
}

function scriptsOf(component: string): string {
  return [...component.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script]) => script).join('\n');
}

/** Workers and threads: `new URL('./writer.ts', import.meta.url)`. */
function filesByUrl(script: string): string[] {
  const found = script.matchAll(/new URL\(\s*'([^']*\.(?:ts|mjs))'\s*,\s*import\.meta\.url\s*\)/g);
  return [...found].flatMap(([, name]) => name ?? []);
}

/** Every comment becomes as many empty lines, so that line numbers stay. A string that looks like one goes too. */
function withoutComments(text: string): string {
  const comment = /\/\*[\s\S]*?\*\/|<!--[\s\S]*?-->|(?<![:'"`\\])\/\/[^\n]*/g;
  return text.replaceAll(comment, (found) => found.replaceAll(/[^\n]/g, ''));
}

function resolve(from: string, name: string): string | undefined {
  return name.startsWith('.') ? join(dirname(from), name.replace(/\?.*$/, '')).replaceAll('\\', '/') : undefined;
}
