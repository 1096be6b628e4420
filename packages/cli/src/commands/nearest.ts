/** How many letters have to be put in, taken out, changed or swapped. */
function distance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      next[j] = Math.min(
        row[j] + 1,
        next[j - 1] + 1,
        row[j - 1] + (same ? 0 : 1),
        from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]
          ? before[j - 2] + 1
          : Infinity,
      );
    }
    [before, row] = [row, next];
  }
  return row[to.length];
}

/** The name that was likely meant, where one is near enough. */
export function nearest(
  given: string,
  names: readonly string[],
): string | undefined {
  const wanted = given.toLowerCase();
  const [best] = names
    .map(name => ({
      name,
      far: name.startsWith(wanted) ? 1 : distance(wanted, name.toLowerCase()),
    }))
    .sort((a, b) => a.far - b.far);
  const most = Math.max(1, Math.floor(given.length / 3));
  return best && best.far <= most ? best.name : undefined;
}

/** ` Did you mean …?`, or nothing where no name is near. */
export function didYouMean(given: string, names: readonly string[]): string {
  const name = nearest(given, names);
  return name ? ` Did you mean ${name}?` : '';
}
