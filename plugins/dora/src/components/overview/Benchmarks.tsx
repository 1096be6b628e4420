import { useState } from 'react';
import { Flex, Text } from '@backstage/ui';
import {
  BENCHMARK_LEVELS,
  BenchmarkMetric,
  benchmarks,
  fittingLevels,
  Five,
  METRIC_NAMES,
} from '@waymark/backstage-plugin-dora-common';
import {
  OptionSelect,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { METRIC_WORDS, valueOf, valueWords } from '../../words';
import { OutLink } from '../shared/OutLink';
import shared from '../shared/shared.module.css';
import styles from './overview.module.css';

const LEVEL_WORDS: Record<(typeof BENCHMARK_LEVELS)[number], string> = {
  elite: 'Elite',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

const COMPARED = METRIC_NAMES.filter(
  (metric): metric is BenchmarkMetric => metric !== 'reworkRate',
);

const latestWithLevels = () =>
  (benchmarks.find(({ levels }) => levels.length > 0) ?? benchmarks[0]).year;

/** What a year's report says others answered: orientation, and no grade. */
export const Benchmarks = ({ five }: { five: Five }) => {
  const [year, setYear] = useState(latestWithLevels);
  const set = benchmarks.find(one => one.year === year) ?? benchmarks[0];
  return (
    <SectionCard title="For orientation: what reports say of others">
      <Flex direction="column" gap="4">
        <div className={shared.filters}>
          <OptionSelect
            label="Report"
            options={benchmarks.map(one => ({
              value: String(one.year),
              label: String(one.year),
            }))}
            value={String(year)}
            onChange={value => setYear(Number(value))}
          />
        </div>
        <Text as="p">
          {`In a survey, people of other companies said this of their own work; the report of ${set.year} sorts the answers into clusters. It is no grade, and no goal: your own past, in the cards above, comes first.`}
        </Text>
        {set.levels.length > 0 && (
          <div
            className={shared.scroll}
            role="region"
            aria-label={`Clusters of ${set.year}`}
            // What scrolls has to be reached by keyboard.
            // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
          >
            <table className={`${shared.table} ${styles.clusters}`}>
              <thead>
                <tr>
                  <th scope="col">Metric</th>
                  <th scope="col">Here</th>
                  {set.levels.map(({ name }) => (
                    <th key={name} scope="col">
                      {LEVEL_WORDS[name]}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {COMPARED.map(metric => {
                  const value = valueOf(five, metric);
                  const fits =
                    value === undefined
                      ? []
                      : fittingLevels(set, metric, value);
                  return (
                    <tr key={metric}>
                      <th scope="row">{METRIC_WORDS[metric]}</th>
                      <td>
                        {value === undefined ? (
                          'No data'
                        ) : (
                          <b>{valueWords(metric, value)}</b>
                        )}
                      </td>
                      {set.levels.map(level => (
                        <td
                          key={level.name}
                          className={
                            fits.includes(level.name) ? styles.fits : undefined
                          }
                        >
                          {level[metric].text}
                          {fits.includes(level.name) && (
                            <span className={shared.note}>
                              the value here lies in it
                            </span>
                          )}
                        </td>
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
        <Text as="p" variant="body-small" color="secondary">
          {set.note} <OutLink href={set.source}>{set.report}</OutLink>
        </Text>
      </Flex>
    </SectionCard>
  );
};
