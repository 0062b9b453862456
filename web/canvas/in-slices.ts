/**
 * Runs work a few ms at a time, so that whoever draws or scrolls meanwhile is not held up. Returns what ends it before it
 * is done.
 */
export function inSlices<Result>(
  work: Generator<void, Result, void>,
  slice: number,
  done: (result: Result) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goOn = (): void => {
    const until = performance.now() + slice;
    do {
      const step = work.next();
      if (step.done) return done(step.value);
    } while (performance.now() < until);
    timer = setTimeout(goOn);
  };
  goOn();
  return () => clearTimeout(timer);
}
