import { useParams } from 'react-router-dom';
import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Text } from '@backstage/ui';
import { TemplatePageAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  ShareBar,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { insightsApiRef } from '../../api/InsightsApi';
import { templatesRouteRef } from '../../routes';
import { count, monthWords } from '../../words';
import { Page } from '../shared/Page';
import { windowOf, WindowSelect } from '../shared/WindowSelect';
import { ReachSection } from './ReachSection';
import { ServicesSection } from './ServicesSection';
import { Template } from './Template';
import shared from '../shared/shared.module.css';

const Use = ({ months }: { months: TemplatePageAnswer['byMonth'] }) => (
  <ul className={shared.list} aria-label="Months">
    {[...months].reverse().map(({ month, partial, ...runs }) => (
      <li key={month}>
        <div>
          {monthWords(month)}
          {partial && <span className={shared.note}>in part</span>}
        </div>
        <div>
          <b>{count(runs.started, 'creation')}</b>
          {runs.failed > 0 && (
            <Text color="secondary">{`, ${runs.failed} failed`}</Text>
          )}
          {runs.started > 0 && (
            <ShareBar
              compact
              title={monthWords(month)}
              shares={[
                {
                  id: 'succeeded',
                  label: 'succeeded',
                  value: runs.succeeded,
                  tone: 'positive',
                },
                {
                  id: 'failed',
                  label: 'failed',
                  value: runs.failed,
                  tone: 'negative',
                },
                {
                  id: 'other',
                  label: 'cancelled or not ended',
                  value: runs.started - runs.succeeded - runs.failed,
                  tone: 'neutral',
                },
              ]}
            />
          )}
        </div>
      </li>
    ))}
  </ul>
);

const Versions = ({ services, version }: TemplatePageAnswer) =>
  services.length === 0 ? (
    <Text as="p" color="secondary">
      No service was made from it.
    </Text>
  ) : (
    <ShareBar
      title="Versions in use"
      shares={services.map(one => ({
        id: one.version ?? '',
        label: one.version ?? 'no version',
        value: one.count,
        tone: toneOf(one.version, version),
      }))}
    />
  );

function toneOf(version: string | null, newest: string | null) {
  if (version === null) return 'neutral';
  return version === newest ? 'positive' : 'warning';
}

const Links = ({ answer }: { answer: TemplatePageAnswer }) => {
  const { templateRef, sourceUrl, phase } = answer;
  const [, path] = templateRef.split(':');
  return (
    <div className={shared.actions}>
      {phase !== 'sunset' && (
        <ButtonLink variant="primary" href={`/create/templates/${path}`}>
          Create with it
        </ButtonLink>
      )}
      {sourceUrl && (
        <ButtonLink variant="secondary" href={sourceUrl} target="_blank">
          Its source
        </ButtonLink>
      )}
    </div>
  );
};

/** One golden path: its use, its versions, its services, and what would change them. */
export const TemplatePage = () => {
  const { namespace = '', name = '' } = useParams();
  const api = useApi(insightsApiRef);
  const all = useRouteRef(templatesRouteRef);
  const [{ days }, onQuery] = useQuery();
  const ref = stringifyEntityRef({ kind: 'template', namespace, name });
  const state = useAsyncRetry(async () => {
    try {
      return await api.getTemplate(ref, windowOf(days));
    } catch (error) {
      if ((error as Error).name === 'NotFoundError') return null;
      throw error;
    }
  }, [api, ref, days]);
  return (
    <Page title={state.value?.title ?? 'Golden path'}>
      <WindowSelect days={days} onDays={next => onQuery({ days: next })} />
      <AsyncContent state={state} what="the golden path" onRetry={state.retry}>
        {answer =>
          answer ? (
            <>
              <SectionCard
                title="About"
                action={<Text color="secondary">{activeWords(answer)}</Text>}
              >
                <div className={shared.column}>
                  {answer.description && (
                    <Text as="p">{answer.description}</Text>
                  )}
                  <Links answer={answer} />
                  <Template template={answer} />
                </div>
              </SectionCard>
              <div className={shared.columns}>
                <SectionCard title="Use by month">
                  <Use months={answer.byMonth} />
                </SectionCard>
                <SectionCard title="Versions in use">
                  <Versions {...answer} />
                </SectionCard>
              </div>
              <ServicesSection templateRef={ref} />
              <ReachSection templateRef={ref} />
            </>
          ) : (
            <SectionCard title="Golden path">
              <EmptyState
                title="There is no such golden path"
                action={
                  all && (
                    <ButtonLink variant="secondary" href={all()}>
                      All golden paths
                    </ButtonLink>
                  )
                }
              >
                The catalog has none of that name that you may see.
              </EmptyState>
            </SectionCard>
          )
        }
      </AsyncContent>
    </Page>
  );
};

/** `One of 7 active golden paths; 8 are the most`. */
function activeWords({ active, phase }: TemplatePageAnswer): string {
  const all = `${count(active.count, 'active golden path')}; ${
    active.limit
  } are the most`;
  return phase === 'active' ? `One of ${all}` : all;
}
