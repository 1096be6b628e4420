import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './paths';

const folder = join(root, 'bench/results');

const rowSchema = z.object({
  what: z.string(),
  unit: z.enum(['s', 'ms', 'MiB', 'kB', 'requests']),
  waymark: z.number().optional(),
  stock: z.number().optional(),
  /** An upper bound: absolute, or as a share of stock's value. */
  target: z
    .union([
      z.object({ below: z.number() }),
      z.object({ timesStock: z.number() }),
    ])
    .optional(),
});

/** One line of a result: what was measured of each, and what is to be reached. */
export type Row = z.infer<typeof rowSchema>;

const keptSchema = z.object({
  name: z.string(),
  date: z.string(),
  machine: z.object({
    cpu: z.string(),
    cores: z.number(),
    memoryGiB: z.number(),
    system: z.string(),
    node: z.string(),
  }),
  method: z.string(),
  rows: z.array(rowSchema),
});

/** What a benchmark found. */
export interface Result {
  name: string;
  /** How it was measured, in a sentence. */
  method: string;
  rows: Row[];
  /** Every single value behind the rows. */
  runs: unknown;
}

/** Whether a row reaches its target; nothing where it has none. */
export function reached({ waymark, stock, target }: Row): boolean | undefined {
  const bound = boundOf({ target, stock });
  if (bound === undefined) return undefined;
  return waymark !== undefined && waymark <= bound;
}

/**
 * Prints a result and keeps it in `bench/results`.
 *
 * @returns whether every target is reached
 */
export function report(result: Result): boolean {
  const { name, method, rows, runs } = result;
  mkdirSync(folder, { recursive: true });
  const verdicts = rows.map(row => ({ ...row, reached: reached(row) }));
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify(
      {
        name,
        date: new Date().toISOString(),
        machine: machine(),
        method,
        rows: verdicts,
        runs,
      },
      null,
      2,
    )}\n`,
  );
  process.stdout.write(`\n${table(rows)}\n`);
  return verdicts.every(row => row.reached !== false);
}

/** Writes what the results say, each with its date and machine, to be read. */
export function summarise() {
  const parts = readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .sort()
    .map(file => {
      const kept = keptSchema.parse(
        JSON.parse(readFileSync(join(folder, file), 'utf8')),
      );
      const { cpu, cores, memoryGiB, system, node } = kept.machine;
      return [
        `## ${kept.name}`,
        kept.method,
        table(kept.rows),
        `${kept.date.slice(
          0,
          10,
        )}, ${cores} cores of ${cpu}, ${memoryGiB} GiB, ${system}, Node.js ${node}`,
      ].join('\n\n');
    });
  const title =
    '# Results\n\nWritten by `bench/run`; every single value is in the JSON file beside it.';
  writeFileSync(
    join(folder, 'README.md'),
    `${[title, ...parts].join('\n\n')}\n`,
  );
}

/** The rows as a table of Markdown, which a terminal shows as well. */
export function table(rows: Row[]): string {
  const cells = [
    ['', 'Waymark', 'stock', 'target', ''],
    ...rows.map(row => [
      row.what,
      show(row.waymark, row.unit),
      show(row.stock, row.unit),
      row.target ? `<= ${show(boundOf(row), row.unit)}` : '',
      { true: 'reached', false: 'MISSED', undefined: '' }[
        `${reached(row)}` as 'true' | 'false' | 'undefined'
      ],
    ]),
  ];
  const widths = cells[0].map((_, column) =>
    Math.max(...cells.map(line => line[column].length)),
  );
  const lines = cells.map(
    line => `| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`,
  );
  lines.splice(
    1,
    0,
    `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`,
  );
  return lines.join('\n');
}

function boundOf({ target, stock }: Pick<Row, 'target' | 'stock'>) {
  if (target === undefined) return undefined;
  if ('below' in target) return target.below;
  if (stock === undefined) throw new Error('Stock has not been measured');
  return target.timesStock * stock;
}

function show(value: number | undefined, unit: Row['unit']): string {
  if (value === undefined) return '';
  if (unit === 'requests') return `${Math.round(value)}`;
  return `${value.toFixed(unit === 's' ? 2 : 0)} ${unit}`;
}

function machine(): z.infer<typeof keptSchema>['machine'] {
  return {
    cpu: cpus()[0].model,
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    system: `${process.platform} ${process.arch} ${release()}`,
    node: process.version,
  };
}
