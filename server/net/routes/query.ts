/** A whole number from the query, or what is wrong with it. */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
  fallback: number,
  { least, most }: { readonly least: number; readonly most: number },
): number | string {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : `${name} must be a whole number from ${least} to ${most}.`;
}

/** Plain decimals only: what people write, and nothing that `Number` would also take. */
const decimal = /^-?\d{1,12}(\.\d{1,12})?$/;

export const decimalOf = (text: string): number => (decimal.test(text) ? Number(text) : Number.NaN);
