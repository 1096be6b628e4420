import { useEffect, useState } from 'react';
import useDebounce from 'react-use/esm/useDebounce';
import { Button, SearchField } from '@backstage/ui';
import {
  LEVELS,
  OUTCOMES,
  Rule,
  Summary,
  TRACKS,
} from '@waymark/backstage-plugin-compliance-common';
import { OptionSelect } from '@waymark/backstage-plugin-insights-react';
import { OUTCOME_WORDS, REACHED_WORDS, TRACK_WORDS } from '../../words';
import { GroupBy, NO_GROUP, NONE } from './componentQuery';
import styles from './company.module.css';

type Groups = Summary['groups'];

const TYPING_MS = 300;

const groupOptions = (by: GroupBy, groups: Groups = []) =>
  groups.map(({ ref, title }) => ({
    value: ref || NONE,
    label: ref ? title : NO_GROUP[by],
  }));

const TRACK_OPTIONS = TRACKS.map(track => ({
  value: track,
  label: TRACK_WORDS[track],
}));

const LEVEL_OPTIONS = ([...LEVELS, 'none', 'not-applicable'] as const).map(
  level => ({ value: level, label: REACHED_WORDS[level] }),
);

const OUTCOME_OPTIONS = OUTCOMES.map(outcome => ({
  value: outcome,
  label: OUTCOME_WORDS[outcome],
}));

const MADE_FROM = [
  { value: 'template', label: 'A golden path' },
  { value: 'nothing', label: 'Nothing: bespoke' },
];

const FILTERS = [
  'search',
  'owner',
  'system',
  'track',
  'level',
  'rule',
  'outcome',
  'madeFrom',
];

/** What the list is narrowed by; the address holds it. */
export const ComponentFilters = (props: {
  query: Readonly<Record<string, string>>;
  onChange: (changes: Record<string, string | undefined>) => void;
  teams?: Groups;
  systems?: Groups;
  rules?: readonly Rule[];
}) => {
  const { query, onChange, teams, systems, rules = [] } = props;
  const { search = '' } = query;
  const [typed, setTyped] = useState(search);
  useEffect(() => setTyped(search), [search]);
  useDebounce(
    () => {
      if (typed !== search) onChange({ search: typed || undefined });
    },
    TYPING_MS,
    [typed],
  );
  const isFiltered = FILTERS.some(key => query[key] !== undefined);

  return (
    <div className={styles.filters} role="search" aria-label="Components">
      <SearchField label="Name" value={typed} onChange={setTyped} />
      <OptionSelect
        label="Team"
        any="All teams"
        search
        options={groupOptions('owner', teams)}
        value={query.owner}
        onChange={owner => onChange({ owner })}
      />
      <OptionSelect
        label="System"
        any="All systems"
        search
        options={groupOptions('system', systems)}
        value={query.system}
        onChange={system => onChange({ system })}
      />
      <OptionSelect
        label="Track"
        any="All tracks"
        options={TRACK_OPTIONS}
        value={query.track}
        onChange={track => onChange({ track, level: undefined })}
      />
      {query.track && (
        <OptionSelect
          label="Level"
          any="All levels"
          options={LEVEL_OPTIONS}
          value={query.level}
          onChange={level => onChange({ level })}
        />
      )}
      <OptionSelect
        label="Made from"
        any="Anything"
        options={MADE_FROM}
        value={query.madeFrom}
        onChange={madeFrom => onChange({ madeFrom })}
      />
      <OptionSelect
        label="Rule"
        any="All rules"
        search
        options={rules.map(({ id, title }) => ({ value: id, label: title }))}
        value={query.rule}
        onChange={rule => onChange({ rule, outcome: undefined })}
      />
      {query.rule && (
        <OptionSelect
          label="The rule"
          any={OUTCOME_WORDS.fail}
          options={OUTCOME_OPTIONS.filter(({ value }) => value !== 'fail')}
          value={query.outcome}
          onChange={outcome => onChange({ outcome })}
        />
      )}
      {isFiltered && (
        <Button
          variant="tertiary"
          onPress={() =>
            onChange(Object.fromEntries(FILTERS.map(key => [key, undefined])))
          }
        >
          Clear filters
        </Button>
      )}
    </div>
  );
};
