import { useState } from 'react';
import { Checkbox, CheckboxGroup, SearchField, Text } from '@backstage/ui';
import { isOnTrial, TRACKS } from '@waymark/backstage-plugin-compliance-common';
import { OptionSelect } from '@waymark/backstage-plugin-insights-react';
import { count, TRACK_WORDS } from '../../words';
import { CountedRule, ruleRows } from '../rules/ruleRows';
import styles from './campaigns.module.css';

/** Chooses rules by name and track; those chosen stay while others are looked for. */
export const RuleChooser = (props: {
  rules: readonly CountedRule[];
  value: string[];
  onChange: (rules: string[]) => void;
  problem?: string;
}) => {
  const { rules, value, onChange, problem } = props;
  const [search, setSearch] = useState('');
  const [track, setTrack] = useState<string>();
  const shown = ruleRows(rules, { search, track });
  const chosen = rules.filter(({ id }) => value.includes(id));
  return (
    <div className={styles.field}>
      <div className={styles.filters} role="search" aria-label="Rules">
        <SearchField label="Find rules" value={search} onChange={setSearch} />
        <OptionSelect
          label="Track"
          any="All tracks"
          options={TRACKS.map(one => ({ value: one, label: TRACK_WORDS[one] }))}
          value={track}
          onChange={setTrack}
        />
      </div>
      <div className={styles.choices}>
        <CheckboxGroup
          label="Rules"
          isRequired
          isInvalid={problem !== undefined}
          value={value}
          onChange={onChange}
        >
          {shown.map(rule => (
            <Checkbox key={rule.id} value={rule.id}>
              <span className={styles.choice}>
                {rule.title}
                <span className={styles.note}>
                  {[
                    TRACK_WORDS[rule.track],
                    `fails for ${count(rule.outcomes.fail, 'component')} now`,
                    isOnTrial(rule) && 'on trial',
                  ]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </span>
            </Checkbox>
          ))}
        </CheckboxGroup>
        {shown.length === 0 && <Text color="secondary">No rule fits.</Text>}
      </div>
      {problem && (
        <Text as="p" color="danger" role="alert">
          {problem}
        </Text>
      )}
      <p className={styles.note} aria-live="polite">
        {chosen.length === 0
          ? 'None is chosen yet.'
          : `Chosen: ${chosen.map(({ title }) => title).join(', ')}`}
      </p>
    </div>
  );
};
