import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { TemplatesAnswer } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { count } from '../../words';
import { RollOut } from '../rollouts/RollOut';
import { Page } from '../shared/Page';
import { windowOf, WindowSelect } from '../shared/WindowSelect';
import { Template } from './Template';

const Active = ({ active }: Pick<TemplatesAnswer, 'active'>) => (
  <Text as="p" color="secondary">
    {active.count > active.limit
      ? `${count(active.count, 'golden path')} are active. More than ${
          active.limit
        } are hard to choose from: deprecate what is used least.`
      : `${count(active.count, 'golden path')} of at most ${
          active.limit
        } active.`}
  </Text>
);

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
      <WindowSelect days={days} onDays={next => onQuery({ days: next })} />
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
                    item.drifting > 0 && (
                      <RollOut templateRef={item.templateRef} of={item} />
                    )
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
