export type Bundle<Thing> = readonly [Thing, ...Thing[]];

/** Things that lie along a line, from left to right, with those together that are nearer than `least` to the one before. */
export function bundled<Thing extends { readonly x: number }>(
  things: readonly Thing[],
  least: number,
): Bundle<Thing>[] {
  const bundles: [Thing, ...Thing[]][] = [];
  for (const thing of things.toSorted((a, b) => a.x - b.x)) {
    const last = bundles.at(-1);
    const before = last?.at(-1);
    if (last && before && thing.x - before.x < least) last.push(thing);
    else bundles.push([thing]);
  }
  return bundles;
}
