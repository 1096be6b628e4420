/** A row of a heat map. */
export type HeatMapRow = {
  id: string;
  label: string;
  /** Stands under the label. */
  note?: string;
  href?: string;
  /** By column; without a value there is no data. */
  cells: Readonly<
    Record<string, { value?: number; href?: string } | undefined>
  >;
};

/** Sorted by a column, or by label; what has no value stands last both ways. */
export function sortRows(
  rows: readonly HeatMapRow[],
  column: string | undefined,
  descending: boolean,
): HeatMapRow[] {
  const sign = descending ? -1 : 1;
  const byLabel = (a: HeatMapRow, b: HeatMapRow) =>
    a.label.localeCompare(b.label);
  if (!column) return [...rows].sort((a, b) => sign * byLabel(a, b));
  return [...rows].sort((a, b) => {
    const [left, right] = [a.cells[column]?.value, b.cells[column]?.value];
    if (left === undefined || right === undefined) {
      return (
        Number(left === undefined) - Number(right === undefined) ||
        byLabel(a, b)
      );
    }
    return sign * (left - right) || byLabel(a, b);
  });
}
