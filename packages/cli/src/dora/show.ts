import { InputError } from '@backstage/errors';
import {
  METRIC_NAMES,
  MetricsAnswer,
  metricsSchema,
  movementsOf,
} from '@waymark/backstage-plugin-dora-common';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { Paper, plain } from '../compliance/paper';
import { subjectOf } from '../open/subject';
import { clientOf } from '../portal/session';
import { DORA_SHOW } from './definitions';
import {
  basisWords,
  METRIC_WORDS,
  movementWords,
  sparkline,
  valueWords,
} from './words';

const DAY_MS = 86_400_000;
const DAYS = 90;

const STYLES = { better: 'green', worse: 'red', same: 'dim' } as const;

type Given = ReturnType<typeof parse<(typeof DORA_SHOW)['options']>>['values'];

/** `waymark dora show` */
export async function doraShow(
  args: string[],
  context: Context,
): Promise<number> {
  const { values, positionals } = parse(DORA_SHOW, args);
  const scope = scopeOf(values, positionals, context.cwd);
  const window = windowOf(values, Date.now());
  const client = clientOf(values.portal, context);
  const query = new URLSearchParams({
    ...scope,
    ...window,
    interval: values.interval ?? 'week',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC',
  });
  const answer = await client.get(`/api/dora/metrics?${query}`, metricsSchema);
  if (values.json) {
    context.out(`${JSON.stringify({ scope, ...answer }, null, 2)}\n`);
  } else {
    const subject = Object.values(scope)[0] ?? 'all that you may see';
    context.out(printed(subject, window, answer, context.colours === true));
  }
  return 0;
}

function scopeOf(
  { owner, system, all }: Given,
  names: readonly string[],
  cwd: string,
): Record<string, string> {
  const given = [...names, owner, system, all].filter(Boolean);
  if (given.length > 1) {
    throw new InputError('One of COMPONENT, --owner, --system and --all.');
  }
  if (all) return {};
  if (owner) return { owner: fullRef(owner, 'group') };
  if (system) return { system: fullRef(system, 'system') };
  return { entityRef: subjectOf(names[0], cwd) };
}

function fullRef(text: string, kind: string): string {
  if (text.includes(':')) return text.toLowerCase();
  const name = text.includes('/') ? text : `default/${text}`;
  return `${kind}:${name}`.toLowerCase();
}

/** Days, as `to` leaves out its own. */
function windowOf({ from, to }: Given, now: number) {
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const end = to ?? dayOf(now + DAY_MS);
  const last = Date.parse(end);
  if (Number.isNaN(last)) {
    throw new InputError(`--to ${end} is no day, such as 2026-09-01`);
  }
  return { from: from ?? dayOf(last - DAYS * DAY_MS), to: end };
}

function printed(
  subject: string,
  { from, to }: { from: string; to: string },
  { metrics, previous, series, components }: MetricsAnswer,
  colours: boolean,
): string {
  const paper = new Paper(colours);
  const movements = movementsOf(previous, metrics);
  const of = components === 1 ? '' : ` (${components} components)`;
  paper.line(`${paper.style('bold', plain(subject))}${of}`);
  paper.line(`From ${from} up to ${to}, beside as many days before.`, 0);
  paper.line();
  const rows = METRIC_NAMES.map(metric => ({
    metric,
    cells: [
      METRIC_WORDS[metric],
      valueWords(metrics, metric),
      basisWords(metrics, metric),
      valueWords(previous, metric),
      movementWords(movements[metric]),
      sparkline(
        series.map(point => {
          const result = point.metrics[metric];
          return result.status === 'ok' ? result.value : undefined;
        }),
      ),
    ],
  }));
  const head = ['', 'Now', 'From', 'Before', '', 'Trend'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(({ cells }) => cells[column].length)),
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell.padEnd(widths[column])).join('  ');
  paper.line(paper.style('dim', line(head).trimEnd()));
  for (const { metric, cells } of rows) {
    const { direction = 'same', small } = movements[metric] ?? {};
    const style = small ? 'dim' : STYLES[direction];
    const padded = cells.map((cell, column) => cell.padEnd(widths[column]));
    padded[4] = paper.style(style, padded[4]);
    paper.line(padded.join('  '));
  }
  return paper.toString();
}
