/** A spreadsheet runs what begins like this. */
const FORMULA = /^[=+\-@\t\r]/;

function field(value: string | number | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Rows as RFC 4180 has them; text that a spreadsheet would run is kept text. */
export const toCsv = (
  rows: readonly (readonly (string | number | undefined)[])[],
): string => rows.map(row => `${row.map(field).join(',')}\r\n`).join('');

/** Hands a CSV file to the browser. */
export function downloadCsv(name: string, csv: string): void {
  // The mark lets spreadsheets read it as UTF-8.
  const blob = new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
