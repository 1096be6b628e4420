import { useMemo } from 'react';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { AdoptionAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  ShareBar,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { basisWords, count, monthWords, shareWords } from '../../words';
import { CsvButton } from '../shared/CsvButton';
import { EntityName } from '../shared/EntityName';
import { Page } from '../shared/Page';
import { Failures, WentFacts } from '../shared/Went';
import { windowOf, WindowSelect } from '../shared/WindowSelect';
import { Fate } from './Fate';
import { FunnelSection } from './Funnel';
import shared from '../shared/shared.module.css';

type Share = AdoptionAnswer['share'];

const Bar = ({ title, share }: { title: string; share: Share }) => (
  <ShareBar
    compact
    title={title}
    shares={[
      {
        id: 'golden',
        label: 'on a golden path',
        value: share.golden,
        tone: 'positive',
      },
      {
        id: 'bespoke',
        label: 'bespoke',
        value: share.n - share.golden,
        tone: 'warning',
      },
    ]}
  />
);

const Target = ({ answer }: { answer: AdoptionAnswer }) => {
  const { share, target, today, unknownAge } = answer;
  const aim = shareWords({ value: target });
  const verdict =
    share.value !== null &&
    (share.value >= target ? `target ${aim} reached` : `target ${aim}`);
  return (
    <div className={shared.column}>
      <div>
        <span className={shared.big}>{shareWords(share)}</span>{' '}
        <Text color="secondary">
          {[basisWords(share), verdict].filter(Boolean).join(', ')}
        </Text>
      </div>
      <Bar title="New services" share={share} />
      <Text as="p" color="secondary">
        {`Of all services today: ${shareWords(today)}, ${today.golden} of ${
          today.n
        }.`}
        {unknownAge > 0 &&
          ` When ${count(
            unknownAge,
            'service',
          )} came into being is not known: they are in no period.`}
      </Text>
    </div>
  );
};

const Months = ({ months }: { months: AdoptionAnswer['byMonth'] }) => (
  <ul className={shared.list} aria-label="Months">
    {[...months].reverse().map(({ month, partial, share }) => (
      <li key={month}>
        <div>
          {monthWords(month)}
          {partial && <span className={shared.note}>in part</span>}
        </div>
        <div>
          <b>{shareWords(share)}</b>{' '}
          <Text color="secondary">{basisWords(share)}</Text>
          {share.n > 0 && <Bar title={monthWords(month)} share={share} />}
        </div>
      </li>
    ))}
  </ul>
);

const Teams = ({ teams }: { teams: AdoptionAnswer['byTeam'] }) => (
  <ul className={shared.list} aria-label="Teams">
    {teams.map(({ owner, share, today }) => (
      <li key={owner}>
        <div>{owner ? <EntityName entityRef={owner} /> : 'No team'}</div>
        <div>
          <b>{shareWords(share)}</b>{' '}
          <Text color="secondary">
            {`${basisWords(share)}; of all today ${today.golden} of ${today.n}`}
          </Text>
          {share.n > 0 && <Bar title="New services" share={share} />}
        </div>
      </li>
    ))}
  </ul>
);

/** Which share of new services golden paths make, and what becomes of them. */
export const AdoptionPage = () => {
  const api = useApi(goldenPathsApiRef);
  const [{ days }, onQuery] = useQuery();
  // The same for the whole page, also around midnight.
  const asked = useMemo(() => windowOf(days), [days]);
  const state = useAsyncRetry(() => api.getAdoption(asked), [api, asked]);
  return (
    <Page title="Adoption">
      <WindowSelect days={days} onDays={next => onQuery({ days: next })} />
      <AsyncContent
        state={state}
        what="how far golden paths are taken"
        onRetry={state.retry}
      >
        {answer =>
          answer.today.n === 0 ? (
            <EmptyState title="There is no service yet">
              Once the catalog has services, they are counted here.
            </EmptyState>
          ) : (
            <>
              <div className={shared.columns}>
                <SectionCard title="New services on a golden path">
                  <Target answer={answer} />
                </SectionCard>
                <SectionCard title="What became of them">
                  <Fate fate={answer.fate} runs={answer.runs} />
                </SectionCard>
              </div>
              <FunnelSection query={asked} />
              <SectionCard
                title="How creations go"
                action={
                  <CsvButton table="creations" what="creations" query={asked} />
                }
              >
                <div className={shared.column}>
                  <dl className={shared.facts}>
                    <WentFacts {...answer} />
                  </dl>
                  <Failures {...answer} />
                </div>
              </SectionCard>
              <div className={shared.columns}>
                <SectionCard
                  title="By month"
                  action={
                    <CsvButton table="months" what="months" query={asked} />
                  }
                >
                  <Months months={answer.byMonth} />
                </SectionCard>
                <SectionCard
                  title="By team"
                  action={
                    <CsvButton table="teams" what="teams" query={asked} />
                  }
                >
                  <Teams teams={answer.byTeam} />
                </SectionCard>
              </div>
            </>
          )
        }
      </AsyncContent>
    </Page>
  );
};
