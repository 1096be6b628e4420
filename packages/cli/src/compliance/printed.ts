import { join, relative } from 'node:path';
import {
  isOnTrial,
  Severity,
} from '@waymark/backstage-plugin-compliance-common';
import { CheckedComponent } from './checkTree';
import { Paper, plain } from './paper';
import { RuledVerdict, Selection } from './selection';

const MOST_FINDINGS = 10;

const COLOURS: Record<Severity, 'red' | 'yellow' | 'blue'> = {
  critical: 'red',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
};

/** What a person can act on: what is broken, worst first, then what is left. */
export function printed(
  components: readonly CheckedComponent[],
  selection: Selection,
  colours: boolean,
): string {
  const paper = new Paper(colours);
  for (const component of components) {
    const verdicts = selection.verdicts(component);
    const having = (outcome: RuledVerdict['outcome']) =>
      verdicts.filter(verdict => verdict.outcome === outcome);
    paper.line(paper.style('bold', plain(component.entityRef)));
    paper.line();
    const [counting, trials] = byTrial(having('fail'));
    for (const verdict of [...counting, ...trials]) {
      mend(paper, component, verdict);
    }
    for (const { rule, exemptUntil, reason = '' } of having('exempt')) {
      paper.entry(`exempt until ${exemptUntil}  `, `${rule}: ${reason}`, 2);
    }
    scored(paper, component, selection);
    unknown(paper, having('unknown'));
  }
  paper.line(summary(components, selection));
  return paper.toString();
}

/** Those that count, and those of rules on trial. */
function byTrial(verdicts: readonly RuledVerdict[]) {
  return [false, true].map(trial =>
    verdicts.filter(({ of }) => isOnTrial(of) === trial),
  );
}

function mend(
  paper: Paper,
  { folder }: CheckedComponent,
  { rule, findings, of }: RuledVerdict,
): void {
  const { title, severity, track, fix, why } = of;
  paper.line(
    `${isOnTrial(of) ? '·' : paper.style(COLOURS[severity], '✗')} ${paper.style(
      'bold',
      title,
    )}  ${paper.style(
      'dim',
      `${isOnTrial(of) ? 'on trial, ' : ''}${severity}, ${track}, ${rule}`,
    )}`,
    2,
  );
  for (const { file, line, message, value } of findings.slice(
    0,
    MOST_FINDINGS,
  )) {
    const shown = value && !message.includes(value) ? ` (${value})` : '';
    paper.line(
      `${file ? `${placeOf(folder, file, line)}: ` : ''}${plain(message)}${
        plain(shown) && ` ${plain(shown)}`
      }`,
      4,
    );
  }
  const more = findings.length - MOST_FINDINGS;
  if (more > 0) paper.line(`and ${more} more`, 4);
  paper.entry('fix  ', fix, 4);
  paper.entry('why  ', why, 4);
  paper.line();
}

/** As a terminal opens it: from the folder that the command runs in. */
function placeOf(folder: string, file: string, line?: number): string {
  const path = plain(relative(process.cwd(), join(folder, file)) || file);
  return line ? `${path}:${line}` : path;
}

function scored(
  paper: Paper,
  { tracks, total }: CheckedComponent,
  selection: Selection,
): void {
  const shown = new Set(selection.chosen.map(({ track }) => track));
  paper.line(
    `${'score'.padEnd(13)} ${percent(total.score)}  ${counts(total)}`,
    2,
  );
  for (const { track, level, ...score } of tracks) {
    if (!shown.has(track)) continue;
    const reached = {
      none: 'no level yet',
      'not-applicable': 'no rule applies',
    }[level as string];
    paper.line(
      `${track.padEnd(13)} ${percent(score.score)}  ${(reached ?? level).padEnd(
        15,
      )} ${counts(score)}`,
      2,
    );
  }
  paper.line();
}

function percent(score: number | undefined): string {
  return (score === undefined ? '-' : String(score)).padStart(3);
}

function counts({
  passed,
  failed,
  unknown: open,
  exempt,
}: CheckedComponent['total']): string {
  return [
    `${passed} kept`,
    ...(failed ? [`${failed} broken`] : []),
    ...(exempt ? [`${exempt} exempt`] : []),
    ...(open ? [`${open} unknown`] : []),
  ].join(', ');
}

/** By reason: most have the same. */
function unknown(paper: Paper, verdicts: readonly RuledVerdict[]): void {
  if (verdicts.length === 0) return;
  paper.line('Not known here, so neither kept nor broken:', 2);
  for (const reason of new Set(verdicts.map(verdict => verdict.reason))) {
    const rules = verdicts
      .filter(verdict => verdict.reason === reason)
      .map(({ rule }) => rule);
    paper.entry('? ', reason ?? 'No reason is known.', 4);
    paper.entry('  ', rules.join(', '), 4);
  }
  paper.line();
}

function summary(
  components: readonly CheckedComponent[],
  selection: Selection,
): string {
  const failed = components.reduce(
    (sum, component) => sum + selection.failed(component).length,
    0,
  );
  const broken = components.reduce(
    (sum, component) =>
      sum +
      selection
        .verdicts(component)
        .filter(({ outcome, of }) => outcome === 'fail' && !isOnTrial(of))
        .length,
    0,
  );
  const rules = (count: number) => `${count} ${count === 1 ? 'rule' : 'rules'}`;
  if (broken === 0) return `✓ No rule is broken.`;
  if (failed === 0) return `✓ ${rules(broken)} broken; the check passes.`;
  return failed === broken
    ? `✗ ${rules(broken)} broken.`
    : `✗ ${rules(broken)} broken, ${failed} of them fail the check.`;
}
