// Pen recordings in the SVC format of writing tablets: a line with the number of samples, then a line for each:
// right, up, time, pen down, azimuth, tilt, pressure. Units differ from tablet to tablet and are found out here.

/** One position of a recorded pen. x and y in units of the tablet, y growing downwards; pressure 0 … 1. */
export interface PenSample {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  /** ms since the recording began. */
  readonly at: number;
  /** False where the pen hovers. */
  readonly down: boolean;
}

export class SvcError extends Error {
  override readonly name = 'SvcError';
  constructor(line: number, message: string) {
    super(`Line ${line}: ${message}`);
  }
}

const COLUMNS = 7;
/** Full pressure of tablets that count it in whole numbers. */
const FULL_PRESSURE = 32_767;

/** @throws SvcError that names the line */
export function readSvc(text: string): PenSample[] {
  const [first = '', ...lines] = text.replace(/\s+$/, '').split(/\r?\n/);
  const count = Number(first);
  if (!/^\d+$/.test(first.trim()) || count === 0) throw new SvcError(1, 'this must be the number of samples.');
  const rows = lines.map(rowOf);
  if (rows.length < count) throw new SvcError(rows.length + 2, `the file ends here, but says it has ${count} samples.`);
  const [firstRow] = rows;
  const toMs = isInSeconds(rows) ? 1000 : 1;
  const fullPressure = rows.some((row) => row.pressure > 1) ? FULL_PRESSURE : 1;
  return rows.map(({ right, up, time, down, pressure }) => ({
    x: right,
    y: -up,
    pressure: Math.min(1, pressure / fullPressure),
    at: (time - (firstRow?.time ?? 0)) * toMs,
    down,
  }));
}

interface Row {
  readonly right: number;
  readonly up: number;
  readonly time: number;
  readonly down: boolean;
  readonly pressure: number;
}

function rowOf(line: string, i: number, lines: readonly string[]): Row {
  const fail = (message: string): never => {
    throw new SvcError(i + 2, message);
  };
  const numbers = line.trim().split(/\s+/).map(Number);
  if (numbers.length !== COLUMNS) fail(`there must be ${COLUMNS} numbers, not ${numbers.length}.`);
  const wrong = numbers.findIndex((number) => !Number.isFinite(number));
  if (wrong >= 0) fail(`column ${wrong + 1} is not a number.`);
  const [right = 0, up = 0, time = 0, down = 0, , , pressure = 0] = numbers;
  if (down !== 0 && down !== 1) fail(`pen down must be 0 or 1, not ${down}.`);
  if (pressure < 0) fail(`pressure must not be below 0.`);
  const before = Number(lines[i - 1]?.trim().split(/\s+/)[2] ?? time);
  if (time < before) fail('time goes back.');
  return { right, up, time, down: down === 1, pressure };
}

/** Tablets sample many times a second: steps below 1 cannot be milliseconds. */
function isInSeconds(rows: readonly Row[]): boolean {
  const steps = rows.slice(1).map((row, i) => row.time - (rows[i]?.time ?? 0));
  const typical = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  return typical > 0 && typical < 1;
}

/** Puts a recording into the square of `size` board units at (x, y), as large as it goes and in its own proportions. */
export function fitInto(samples: readonly PenSample[], x: number, y: number, size: number): PenSample[] {
  const drawn = samples.filter((sample) => sample.down);
  const shown = drawn.length > 0 ? drawn : samples;
  const [minX, maxX] = rangeOf(shown.map((sample) => sample.x));
  const [minY, maxY] = rangeOf(shown.map((sample) => sample.y));
  const scale = size / (Math.max(maxX - minX, maxY - minY) || 1);
  return samples.map((sample) => ({
    ...sample,
    x: x + (sample.x - minX) * scale,
    y: y + (sample.y - minY) * scale,
  }));
}

const rangeOf = (values: readonly number[]): [min: number, max: number] => [
  values.reduce((a, b) => Math.min(a, b), Infinity),
  values.reduce((a, b) => Math.max(a, b), -Infinity),
];
