// `npm run pen -- FILE.svc --board URL`: draws a real pen's recording on a board, as its owner's hand did.
// It is also the first example of a client: `board-client.ts` is the part to begin from.

import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { isColor } from '../../shared/color.ts';
import { MAX_COORDINATE, MAX_WIDTH, MIN_WIDTH } from '../../shared/limits.ts';
import { BoardClient, Refused } from './board-client.ts';
import { liveAddressOf } from './board-url.ts';
import { RecordedPen } from './ink/play.ts';
import { type PenSample, SvcError, fitInto, readSvc } from './ink/svc.ts';

const usage = `npm run pen -- FILE.svc --board URL [options]

  FILE.svc        a recording, such as shared/fixtures/ink/sentence.svc
  --board URL     the board's link, as the browser shows it
  --speed N       times faster than it was drawn (1)
  --name NAME     who draws (Pen)
  --color COLOR   ink, red, blue … or #rrggbb (ink)
  --width UNITS   how thick, in board units (3)
  --at X,Y        top left corner, in board units (0,0)
  --size UNITS    how large, in board units (600)
  --repeat N      how often, each below the one before (1)`;

/** Between two commands, in ms: one for each frame of a screen. */
const FRAME = 16;

class UsageError extends Error {}

async function main(): Promise<void> {
  const options = readOptions();
  const samples = readSvc(await readFile(options.file, 'utf8'));
  const client = new BoardClient({ ...options, secret: randomBytes(24).toString('base64url') });
  await client.connect();
  const pen = new RecordedPen(client, { color: options.color, width: options.width });
  const began = performance.now();
  for (let time = 0; time < options.repeat; time++) {
    const y = options.y + time * options.size * 1.1;
    await play(fitInto(samples, options.x, y, options.size), options.speed, pen);
  }
  client.point(null);
  await client.settled();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(
    `Drew ${pen.strokes} strokes of ${pen.points} points on "${client.title || 'Untitled board'}" in ${seconds} s; all of it is saved.`,
  );
  for (const { code, message } of client.rejections) console.error(`The board refused something (${code}): ${message}`);
  client.close();
}

/** Frame by frame, what the hand had done by then. */
async function play(samples: readonly PenSample[], speed: number, pen: RecordedPen): Promise<void> {
  const began = performance.now();
  const due = samples.map((sample) => ({ ...sample, at: sample.at / speed }));
  for (let next = 0; next < due.length;) {
    const now = performance.now() - began;
    let end = next;
    while ((due[end]?.at ?? Infinity) <= now) end++;
    pen.draw(due.slice(next, end));
    next = end;
    await new Promise((resolve) => setTimeout(resolve, FRAME));
  }
  pen.lift();
}

function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      board: { type: 'string' },
      speed: { type: 'string', default: '1' },
      name: { type: 'string', default: 'Pen' },
      color: { type: 'string', default: 'ink' },
      width: { type: 'string', default: '3' },
      at: { type: 'string', default: '0,0' },
      size: { type: 'string', default: '600' },
      repeat: { type: 'string', default: '1' },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError('Give one recording.');
  const live = liveAddressOf(values.board ?? '');
  if (!live) throw new UsageError("--board needs a board's link, like http://127.0.0.1:8787/b/ID.");
  if (!isColor(values.color)) throw new UsageError(`--color does not know ${values.color}.`);
  const [x, y] = values.at.split(',');
  return {
    file,
    ...live,
    name: values.name,
    color: values.color,
    speed: numberFrom('speed', values.speed, 0.01, 1000),
    width: Math.round(numberFrom('width', values.width, MIN_WIDTH, MAX_WIDTH) * 8) / 8,
    x: numberFrom('at', x, -MAX_COORDINATE, MAX_COORDINATE),
    y: numberFrom('at', y, -MAX_COORDINATE, MAX_COORDINATE),
    size: numberFrom('size', values.size, 1, 100_000),
    repeat: Math.floor(numberFrom('repeat', values.repeat, 1, 10_000)),
  };
}

function numberFrom(name: string, text: string | undefined, least: number, most: number): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= least && value <= most)) throw new UsageError(`--${name} must be from ${least} to ${most}.`);
  return value;
}

main().catch((error: unknown) => {
  const { message, code } = error as NodeJS.ErrnoException;
  const isUsage = error instanceof UsageError || String(code).startsWith('ERR_PARSE_ARGS');
  const isExpected = error instanceof SvcError || error instanceof Refused || code === 'ENOENT';
  console.error(isUsage ? `${message}\n\n${usage}` : isExpected ? message : error);
  process.exit(1);
});
