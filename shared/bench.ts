// The form that `npm run bench` asks of a benchmark.

export interface BenchOptions {
  /** Says how far it is; never part of the result. */
  readonly log: (text: string) => void;
  /** The value of `--NAME=VALUE`, `yes` of `--NAME` alone, or the fallback. */
  readonly option: (name: string, fallback: string) => string;
}

export interface Measure {
  /** Such as `drawers=40`. */
  readonly case: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** What the ratio is to. */
  readonly reference?: string;
  readonly ratio?: number;
}

/** The value below which this share of them lies. */
export function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
