/** The smallest of some figures: on a shared machine the run that was disturbed least. Undefined when there are none. */
export function best(figures: readonly number[]): number | undefined {
  return figures.length === 0 ? undefined : Math.min(...figures);
}

/** How many times `figure` is `base`; undefined when one of them is not known or the base is nothing. */
export function ratio(figure: number | undefined, base: number | undefined): number | undefined {
  return figure === undefined || base === undefined || base <= 0 ? undefined : figure / base;
}

/**
 * May a tool be run once more? Every tool is run once; after that until `runs` are done, or `seconds` are spent on it,
 * so that a slow peer does not hold up the rest.
 */
export function mayRunAgain(
  taken: readonly number[],
  limit: { readonly runs: number; readonly seconds: number },
): boolean {
  const spent = taken.reduce((sum, seconds) => sum + seconds, 0);
  return taken.length === 0 || (taken.length < limit.runs && spent < limit.seconds);
}
