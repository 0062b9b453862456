// The form that `npm run bench` asks of a benchmark.

export interface BenchOptions {
  readonly log: (text: string) => void;
  readonly option: (name: string, fallback: string) => string;
}

export interface Measure {
  readonly case: string;
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly reference?: string;
  readonly ratio?: number;
}

/** The value below which this share of them lies. */
export function share(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
