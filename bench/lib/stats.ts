/** The middle value, or the mean of the two in the middle. */
export function median(values: number[]): number {
  const sorted = ascending(values);
  const middle = sorted.length / 2;
  return Number.isInteger(middle)
    ? (sorted[middle - 1] + sorted[middle]) / 2
    : sorted[Math.floor(middle)];
}

/** The value that at least 95 of 100 do not exceed (nearest rank). */
export function p95(values: number[]): number {
  const sorted = ascending(values);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

function ascending(values: number[]): number[] {
  if (values.length === 0) throw new Error('There is nothing measured');
  return [...values].sort((a, b) => a - b);
}
