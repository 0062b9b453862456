import { MAX_SAMPLES_PER_COMMAND } from '../limits.ts';
import { MAX_SAMPLE_BYTES, MAX_TILT, type Samples, readVarint, writeVarint } from '../samples.ts';
import { ColumnReader, ColumnWriter } from './columns.ts';
import { WireError } from './wire-error.ts';

const names = ['lengths', 'x', 'y', 'pressures', 'gaps'] as const;

/** Of a hand after a sample. It keeps it, so its changes are small. */
interface Speed {
  readonly dx: number;
  readonly dy: number;
  readonly gap: number;
}

const STILL: Speed = { dx: 0, dy: 0, gap: 0 };

/** The runs of samples of one author, in columns of their own. */
export class RunWriter {
  readonly #columns = new ColumnWriter(names);
  #speed = STILL;

  /** A stroke's first run, which is not among them. */
  begin(samples: Samples): void {
    this.#speed = speedAfter(samples);
  }

  add(samples: Samples): void {
    const from = { bytes: samples, offset: 0 };
    let { dx, dy, gap } = this.#speed;
    let count = 0;
    while (from.offset < samples.length) {
      const [nextX, nextY] = [readVarint(from), readVarint(from)];
      const [pressure, nextGap] = [readVarint(from), readVarint(from)];
      this.#columns.add('x', nextX - dx);
      this.#columns.add('y', nextY - dy);
      this.#columns.add('pressures', pressure);
      this.#columns.add('gaps', nextGap - gap);
      // What says another tilt stands with the gap that says so: most runs have none, and need no column for it.
      if (nextGap < 0) for (let i = 0; i < 2; i++) this.#columns.add('gaps', readVarint(from));
      [dx, dy, gap] = [nextX, nextY, msOf(nextGap)];
      count++;
    }
    this.#columns.add('lengths', count);
    this.#speed = { dx, dy, gap };
  }

  columns(): Uint8Array {
    return this.#columns.behind(new Uint8Array(0));
  }
}

/** The ms of a gap, whether or not it says that a tilt follows. */
const msOf = (gap: number): number => (gap < 0 ? -1 - gap : gap);

const MAX_CHANGE = 2 ** 39;

// A buffer that serves all runs: what is in it is copied out.
const scratch = new Uint8Array(MAX_SAMPLES_PER_COMMAND * MAX_SAMPLE_BYTES);

export class RunReader {
  readonly #columns: ColumnReader<(typeof names)[number]>;
  #speed = STILL;

  /** @throws WireError */
  constructor(columns: Uint8Array) {
    this.#columns = new ColumnReader(names, columns, 0);
  }

  begin(samples: Samples): void {
    this.#speed = speedAfter(samples);
  }

  /** @throws WireError */
  next(): Samples {
    const count = this.#columns.next('lengths');
    if (!(count >= 0 && count <= MAX_SAMPLES_PER_COMMAND)) throw new WireError('segment.lengths must be of runs.');
    let { dx, dy, gap } = this.#speed;
    let length = 0;
    for (let i = 0; i < count; i++) {
      dx += this.#columns.next('x');
      dy += this.#columns.next('y');
      gap += this.#columns.next('gaps');
      if (!(Math.abs(dx) < MAX_CHANGE && Math.abs(dy) < MAX_CHANGE && Math.abs(gap) < MAX_CHANGE)) {
        throw new WireError('segment.x must be of speeds that a run can have.');
      }
      length = writeVarint(scratch, length, dx);
      length = writeVarint(scratch, length, dy);
      length = writeVarint(scratch, length, this.#columns.next('pressures'));
      length = writeVarint(scratch, length, gap);
      if (gap >= 0) continue;
      gap = msOf(gap);
      for (let axis = 0; axis < 2; axis++) {
        const change = this.#columns.next('gaps');
        if (!(Math.abs(change) <= 2 * MAX_TILT))
          throw new WireError('segment.gaps must be of tilts that a pen can have.');
        length = writeVarint(scratch, length, change);
      }
    }
    this.#speed = { dx, dy, gap };
    return scratch.slice(0, length) as Samples;
  }
}

/** The speed at the end of a run whose first sample says where the stroke begins. */
function speedAfter(samples: Samples): Speed {
  const from = { bytes: samples, offset: 0 };
  let speed = STILL;
  for (let first = true; from.offset < samples.length; first = false) {
    const [dx, dy] = [readVarint(from), readVarint(from)];
    readVarint(from);
    const gap = readVarint(from);
    if (gap < 0) for (let i = 0; i < 2; i++) readVarint(from);
    if (!first) speed = { dx, dy, gap: msOf(gap) };
  }
  return speed;
}
