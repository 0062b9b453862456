/** How many entries of an ascending list have a key of at most `value`: the index behind the last of them. */
export function countUpTo<T>(list: readonly T[], value: number, keyOf: (entry: T) => number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyOf(list[middle] as T) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same for a list of numbers. */
export const countUpToNumber = (list: readonly number[], value: number): number =>
  countUpTo(list, value, (entry) => entry);
