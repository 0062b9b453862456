// Whether two pictures show the same, however their painters cut edges.
//
// Painters agree on what lies where, and not on how much of a pixel an edge covers. So a pixel is foreign to the other
// picture only where no mixture of what that one has in the nine pixels around the place would give it: a value outside
// of all of theirs, by more than the tolerance, in any of its colours. Anti-aliasing leaves such pixels one by one,
// where several edges cross within a pixel; what is missing, another colour or two pixels away leaves them side by side.
// Hence the second number: how many lie in one square of SQUARE pixels.

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: ArrayLike<number>;
}

export interface Likeness {
  /** Pixels of either that are foreign to the other. */
  readonly foreign: number;
  /** The most of them in one square, and where that is. */
  readonly worst: number;
  readonly at: readonly [x: number, y: number];
}

/** Of 255: resampling, and rounding of what lets through, differ by less. */
const TOLERANCE = 40;
/** Pixels along each side. */
export const SQUARE = 8;

/** How far two pictures of one size are from showing the same. */
export const likenessOf = (a: Picture, b: Picture): Likeness =>
  counted(a, b, (x, y) => isForeign(a, b, x, y) || isForeign(b, a, x, y));

/** The same without a thought for edges: pixels that are unlike those in their own place. */
export const unlikenessOf = (a: Picture, b: Picture): Likeness => counted(a, b, () => true);

/** Counts pixels that differ by more than the tolerance and are counted by `counts`. */
function counted(a: Picture, b: Picture, counts: (x: number, y: number) => boolean): Likeness {
  const { width, height } = a;
  if (width !== b.width || height !== b.height) throw new RangeError('Pictures of different sizes cannot be compared.');
  const columns = Math.ceil(width / SQUARE);
  const squares = new Uint32Array(columns * Math.ceil(height / SQUARE));
  let foreign = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (isClose(a, b, (y * width + x) * 4) || !counts(x, y)) continue;
      foreign++;
      const square = Math.floor(y / SQUARE) * columns + Math.floor(x / SQUARE);
      squares[square] = (squares[square] as number) + 1;
    }
  }
  const worst = squares.reduce((most, count) => Math.max(most, count), 0);
  const place = squares.indexOf(worst);
  return { foreign, worst, at: [(place % columns) * SQUARE, Math.floor(place / columns) * SQUARE] };
}

/** Pixels that are not the same to the last bit. */
export function differentPixels(a: Picture, b: Picture): number {
  let count = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (a.data[i] !== b.data[i] || a.data[i + 1] !== b.data[i + 1] || a.data[i + 2] !== b.data[i + 2]) count++;
  }
  return count;
}

function isClose(a: Picture, b: Picture, i: number): boolean {
  for (let channel = i; channel < i + 3; channel++) {
    if (Math.abs((a.data[channel] as number) - (b.data[channel] as number)) > TOLERANCE) return false;
  }
  return true;
}

function isForeign(own: Picture, other: Picture, x: number, y: number): boolean {
  const { width, height } = own;
  for (let channel = 0; channel < 3; channel++) {
    let [least, most] = [255, 0];
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const value = other.data[(row * width + column) * 4 + channel] as number;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    const value = own.data[(y * width + x) * 4 + channel] as number;
    if (value < least - TOLERANCE || value > most + TOLERANCE) return true;
  }
  return false;
}
