import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  levelOf,
  OUTCOMES,
  Outcome,
  scoreOf,
  Verdict,
  WEIGHTS,
} from '@waymark/backstage-plugin-compliance-common';
import { loadBundle } from '@waymark/backstage-plugin-compliance-node';

const page = readFileSync(
  join(resolve(__dirname, '../../../..'), 'docs/compliance/score.md'),
  'utf8',
);
const rows = page
  .split('\n')
  .filter(line => line.startsWith('| '))
  .map(line =>
    line
      .split('|')
      .map(cell => cell.trim())
      .slice(1, -1),
  );

it('has the weights that count', () => {
  const told = rows.filter(([name]) => name in WEIGHTS);
  expect(
    Object.fromEntries(told.map(([name, weight]) => [name, Number(weight)])),
  ).toEqual(WEIGHTS);
});

it('has an example that adds up, of all rules of a track', async () => {
  const { rules } = (await loadBundle()).index;
  const ownership = rules.filter(({ track }) => track === 'ownership');
  const example = rows.filter(([, , outcome]) =>
    OUTCOMES.includes(outcome as Outcome),
  );
  expect(example.map(([rule]) => rule).sort()).toEqual(
    ownership.map(({ id }) => id).sort(),
  );
  const verdicts = example.map(
    ([rule, severity, outcome, passes, counts]): Verdict => {
      const verdict = { rule, outcome: outcome as Outcome, findings: [] };
      const { passedWeight, countedWeight } = scoreOf([verdict], rules);
      expect([rule, severity, passes, counts]).toEqual([
        rule,
        rules.find(({ id }) => id === rule)?.severity,
        String(passedWeight),
        String(countedWeight),
      ]);
      return verdict;
    },
  );
  const { score, passedWeight, countedWeight } = scoreOf(verdicts, rules);
  const exact = Math.floor((10_000 * passedWeight) / countedWeight) / 100;
  expect(page).toContain(
    `100 × ${passedWeight} / ${countedWeight} = ${exact}…, so the score is **${score}**.`,
  );
  expect(page).toContain(
    `The level is **${levelOf('ownership', verdicts, rules)}**`,
  );
});
