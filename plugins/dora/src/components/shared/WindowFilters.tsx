import { useState } from 'react';
import { useLocation } from 'react-router-dom';
import { parseDate } from '@internationalized/date';
import { Button, DateRangePicker } from '@backstage/ui';
import { RiCheckLine, RiLink } from '@remixicon/react';
import { BOTS, INTERVALS } from '@waymark/backstage-plugin-dora-common';
import { OptionSelect } from '@waymark/backstage-plugin-insights-react';
import { Asked, Change, fixedQuery, PRESETS, Query } from '../../data/asked';
import { addDays, ownTimeZone } from '../../time';
import { BOTS_WORDS, INTERVAL_WORDS } from '../../words';
import styles from './shared.module.css';

const CUSTOM = 'custom';

const WINDOWS = [
  ...PRESETS.map(days => ({ value: String(days), label: `Last ${days} days` })),
  { value: CUSTOM, label: 'Two days to choose' },
];

const zones = (own: string) =>
  [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map(
    zone => ({ value: zone, label: zone }),
  );

/** The address with nothing left to chance: the same days and zone for everybody. */
const CopyLink = ({ query, asked }: { query: Query; asked: Asked }) => {
  const { pathname, hash } = useLocation();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    const search = new URLSearchParams(fixedQuery(query, asked));
    const address = `${window.location.origin}${pathname}?${search}${hash}`;
    await navigator.clipboard.writeText(address);
    setIsCopied(true);
  };
  return (
    <Button
      className={styles.last}
      variant="secondary"
      iconStart={
        isCopied ? <RiCheckLine aria-hidden /> : <RiLink aria-hidden />
      }
      onPress={copy}
    >
      {isCopied ? 'Copied' : 'Copy link'}
    </Button>
  );
};

/** When, by what, and whose changes; the address holds it. */
export const WindowFilters = (props: {
  asked: Asked;
  query: Query;
  onQuery: Change;
  /** Without the interval, where nothing is drawn. */
  plain?: boolean;
}) => {
  const { asked, query, onQuery, plain } = props;
  const { window: shown, interval, bots, preset } = asked;
  const last = addDays(shown.to, -1);
  // An interval of the old window is none of the new.
  const chooseWindow = (changes: Record<string, string | undefined>) =>
    onQuery({ since: undefined, until: undefined, ...changes });
  return (
    <>
      <OptionSelect
        label="Time"
        options={WINDOWS}
        value={preset ? String(preset) : CUSTOM}
        onChange={value =>
          chooseWindow(
            value === CUSTOM
              ? { days: undefined, from: shown.from, to: last }
              : { days: value, from: undefined, to: undefined },
          )
        }
      />
      {!preset && (
        <div className={styles.wide}>
          <DateRangePicker
            label="First and last day"
            value={{ start: parseDate(shown.from), end: parseDate(last) }}
            onChange={range =>
              range &&
              chooseWindow({
                from: String(range.start),
                to: String(range.end),
              })
            }
          />
        </div>
      )}
      {!plain && (
        <OptionSelect
          label="Points"
          options={INTERVALS.map(value => ({
            value,
            label: INTERVAL_WORDS[value],
          }))}
          value={interval}
          onChange={value => onQuery({ interval: value })}
        />
      )}
      <OptionSelect
        label="Time zone"
        search
        options={zones(ownTimeZone())}
        value={shown.timeZone}
        onChange={timeZone => onQuery({ timeZone })}
      />
      <OptionSelect
        label="Lead time of"
        options={BOTS.map(value => ({ value, label: BOTS_WORDS[value] }))}
        value={bots}
        onChange={value =>
          onQuery({ bots: value === 'apart' ? undefined : value })
        }
      />
      <CopyLink query={query} asked={asked} />
    </>
  );
};
