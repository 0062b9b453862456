import { MAX_FRAME_BYTES } from '../shared/limits.ts';

/** Everything that can be set, from the environment. Nothing else of the server reads it. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataFolder: string;
  /** Which log, by its scheme: `sqlite:`, `memory:`. */
  readonly log: string;
  readonly synchronous: 'full' | 'normal';
  /** Origins of pages, besides this server's own, that may open a board's socket. */
  readonly origins: readonly string[];
  readonly trustProxy: boolean;
  readonly logLevel: LogLevel;
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  readonly bytesPerSecond: number;
  readonly byteBurst: number;
  readonly helloTimeoutMs: number;
  readonly connectionsPerAddress: number;
  readonly boardsPerMinute: number;
  readonly imagesPerMinute: number;
  /** Whether it is kept where people pointed and what they had in sight. */
  readonly tracks: boolean;
  readonly exportThreads: number;
  readonly stopSeconds: number;
}

export type LogLevel = (typeof logLevels)[number];
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export interface Setting<Value> {
  readonly variable: string;
  /** As it would be written in the environment. */
  readonly fallback: string;
  readonly about: string;
  /** `must` ends the sentence "PORT is …, but must". */
  readonly parse: (text: string) => { readonly value: Value } | { readonly must: string };
}

export const settings: { readonly [Key in keyof Config]: Setting<Config[Key]> } = {
  port: wholeNumber('PORT', 8787, 0, 65_535, 'TCP port of HTTP and WebSocket; 0 takes any that is free'),
  host: text('HOST', '127.0.0.1', 'address to listen on; 0.0.0.0 for every IPv4 address of this machine'),
  dataFolder: text('RETRACE_DATA', './data', 'folder of everything that is kept'),
  log: pattern(
    'RETRACE_LOG',
    'sqlite:',
    /^[a-z]+:/,
    'begin with the kind of log, such as sqlite:',
    'where events are kept: `sqlite:` is a file in RETRACE_DATA, `memory:` forgets',
  ),
  synchronous: oneOf(
    'RETRACE_SYNCHRONOUS',
    'full',
    ['full', 'normal'],
    '`normal` is faster, but a power cut can take back the last moments',
  ),
  origins: list(
    'RETRACE_ORIGINS',
    '',
    isOrigin,
    'be origins with commas between them, like https://draw.example.org',
    "origins of pages, besides this server's own, that may join boards here",
  ),
  trustProxy: onOff(
    'RETRACE_TRUST_PROXY',
    'off',
    "take a client's address from the last entry of X-Forwarded-For: only behind a proxy that writes it",
  ),
  logLevel: oneOf('RETRACE_LOG_LEVEL', 'warn', logLevels, 'how much is written to standard error, as JSON lines'),
  messagesPerSecond: wholeNumber('RETRACE_MESSAGES_PER_SECOND', 200, 1, 100_000, 'messages of one connection'),
  messageBurst: wholeNumber('RETRACE_MESSAGE_BURST', 4000, 1, 1_000_000, 'messages it may send at once after a pause'),
  bytesPerSecond: wholeNumber('RETRACE_BYTES_PER_SECOND', 262_144, 1024, 1e9, 'bytes of one connection'),
  byteBurst: wholeNumber(
    'RETRACE_BYTE_BURST',
    4_194_304,
    MAX_FRAME_BYTES,
    1e9,
    'bytes it may send at once after a pause, such as an outbox',
  ),
  helloTimeoutMs: wholeNumber('RETRACE_HELLO_TIMEOUT_MS', 10_000, 100, 600_000, 'a connection says Hello in this time'),
  connectionsPerAddress: wholeNumber(
    'RETRACE_CONNECTIONS_PER_ADDRESS',
    500,
    1,
    1_000_000,
    'sockets from one address at a time; this machine itself is not limited',
  ),
  boardsPerMinute: wholeNumber(
    'RETRACE_BOARDS_PER_MINUTE',
    60,
    1,
    1_000_000,
    'boards made from one address; this machine itself is not limited',
  ),
  imagesPerMinute: wholeNumber(
    'RETRACE_IMAGES_PER_MINUTE',
    60,
    1,
    1_000_000,
    'images sent from one address; this machine itself is not limited',
  ),
  tracks: onOff(
    'RETRACE_TRACKS',
    'on',
    'keep where people pointed and what they had in sight, for replay: at most 150 KB an hour for each of them',
  ),
  exportThreads: wholeNumber('RETRACE_EXPORT_THREADS', 1, 1, 64, 'exports that are made at the same time'),
  stopSeconds: wholeNumber('RETRACE_STOP_SECONDS', 10, 1, 600, 'time to finish after SIGTERM or SIGINT'),
};

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError with every fault at once */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const read = <Value>({ variable, fallback, parse }: Setting<Value>): Value => {
    const written = environment[variable]?.trim();
    const result = parse(written ? written : fallback);
    if ('value' in result) return result.value;
    faults.push(`${variable} is ${JSON.stringify(written)}, but must ${result.must}.`);
    return undefined as Value;
  };
  const config = Object.fromEntries(Object.entries(settings).map(([key, setting]) => [key, read<unknown>(setting)]));
  if (faults.length > 0) throw new ConfigError(faults);
  return config as unknown as Config;
}

/** Variables that look like settings and are none: most likely misspelt. */
export function unknownSettings(environment: Environment): string[] {
  const known = new Set(Object.values(settings).map((setting) => setting.variable));
  return Object.keys(environment).filter(
    (name) => name.startsWith('RETRACE_') && !known.has(name) && !ofTests.test(name),
  );
}

const ofTests = /^RETRACE_(CHROMIUM|FUZZ_\w+)$/;

function text(variable: string, fallback: string, about: string): Setting<string> {
  return { variable, fallback, about, parse: (value) => ({ value }) };
}

function pattern(variable: string, fallback: string, form: RegExp, must: string, about: string): Setting<string> {
  return { variable, fallback, about, parse: (value) => (form.test(value) ? { value } : { must }) };
}

function wholeNumber(variable: string, fallback: number, min: number, max: number, about: string): Setting<number> {
  return {
    variable,
    fallback: String(fallback),
    about,
    parse(written) {
      const value = /^\d{1,15}$/.test(written) ? Number(written) : Number.NaN;
      return value >= min && value <= max ? { value } : { must: `be a whole number from ${min} to ${max}` };
    },
  };
}

function oneOf<Value extends string>(
  variable: string,
  fallback: Value,
  values: readonly Value[],
  about: string,
): Setting<Value> {
  return {
    variable,
    fallback,
    about,
    parse(written) {
      const value = values.find((allowed) => allowed === written);
      return value === undefined ? { must: `be one of ${values.join(', ')}` } : { value };
    },
  };
}

function onOff(variable: string, fallback: 'on' | 'off', about: string): Setting<boolean> {
  const parse = (written: string): { value: boolean } | { must: string } =>
    written === 'on' || written === 'off' ? { value: written === 'on' } : { must: 'be on or off' };
  return { variable, fallback, about, parse };
}

function list(
  variable: string,
  fallback: string,
  allowed: (item: string) => boolean,
  must: string,
  about: string,
): Setting<readonly string[]> {
  return {
    variable,
    fallback,
    about,
    parse(written) {
      const value = written
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== '');
      return value.every(allowed) ? { value } : { must };
    },
  };
}

function isOrigin(item: string): boolean {
  return URL.canParse(item) && new URL(item).origin === item;
}
