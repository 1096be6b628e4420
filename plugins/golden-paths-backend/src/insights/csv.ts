import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Response } from 'express';

type Value = string | number | null | undefined;

/** Columns of a table: what each is called, and what a row has in it. */
export type Columns<T> = readonly [head: string, cell: (row: T) => Value][];

/** A spreadsheet runs what begins like this. */
const FORMULA = /^[=+\-@\t\r]/;
/** Rows in one piece of the answer. */
const PIECE = 500;

/** Sends rows as RFC 4180 has them, piece by piece; times in UTC. */
export async function sendCsv<T>(
  response: Response,
  name: string,
  columns: Columns<T>,
  rows: readonly T[],
): Promise<void> {
  response.attachment(`${name}.csv`);
  response.type('text/csv; charset=utf-8');
  await pipeline(Readable.from(pieces(columns, rows)), response);
}

function* pieces<T>(columns: Columns<T>, rows: readonly T[]) {
  // The mark lets spreadsheets read it as UTF-8.
  yield `\uFEFF${line(columns.map(([head]) => head))}`;
  for (let start = 0; start < rows.length; start += PIECE) {
    yield rows
      .slice(start, start + PIECE)
      .map(row => line(columns.map(([, cell]) => cell(row))))
      .join('');
  }
}

function line(values: readonly Value[]): string {
  return `${values.map(field).join(',')}\r\n`;
}

/** Text that a spreadsheet would run is kept text. */
function field(value: Value): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
