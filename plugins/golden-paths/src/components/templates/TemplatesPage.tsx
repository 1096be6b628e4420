import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { TemplatesAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { templateRouteRef } from '../../routes';
import { count } from '../../words';
import { RollOut } from '../rollouts/RollOut';
import { CsvButton } from '../shared/CsvButton';
import { Page } from '../shared/Page';
import { windowOf, WindowSelect } from '../shared/WindowSelect';
import { Template } from './Template';
import shared from '../shared/shared.module.css';

const Active = ({ active }: Pick<TemplatesAnswer, 'active'>) => (
  <Text as="p" color="secondary">
    {active.count > active.limit
      ? `${count(active.count, 'golden path')} are active. More than ${
          active.limit
        } are hard to choose from: deprecate what is used least.`
      : `${active.count} of at most ${active.limit} golden paths are active.`}
  </Text>
);

const More = ({ templateRef }: { templateRef: string }) => {
  const link = useRouteRef(templateRouteRef);
  const { namespace, name } = parseEntityRef(templateRef);
  return link ? (
    <Link href={link({ namespace, name })}>Its services and use</Link>
  ) : null;
};

/** How each golden path does. */
export const TemplatesPage = () => {
  const api = useApi(goldenPathsApiRef);
  const [{ days }, onQuery] = useQuery();
  const state = useAsyncRetry(
    () => api.getTemplates(windowOf(days)),
    [api, days],
  );
  return (
    <Page title="Templates">
      <WindowSelect
        days={days}
        onDays={next => onQuery({ days: next })}
        action={
          <CsvButton
            table="templates"
            what="the golden paths"
            query={windowOf(days)}
          />
        }
      />
      <AsyncContent state={state} what="the templates" onRetry={state.retry}>
        {({ active, items }) =>
          items.length === 0 ? (
            <EmptyState title="There is no golden path yet">
              The catalog has no template that you may see.
            </EmptyState>
          ) : (
            <>
              <Active active={active} />
              {items.map(item => (
                <SectionCard
                  key={item.templateRef}
                  title={item.title}
                  action={
                    <div className={shared.actions}>
                      <More templateRef={item.templateRef} />
                      {item.drifting > 0 && (
                        <RollOut templateRef={item.templateRef} of={item} />
                      )}
                    </div>
                  }
                >
                  <Template template={item} />
                </SectionCard>
              ))}
            </>
          )
        }
      </AsyncContent>
    </Page>
  );
};
