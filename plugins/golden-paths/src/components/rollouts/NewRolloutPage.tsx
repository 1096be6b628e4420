import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { usePermission } from '@backstage/plugin-permission-react';
import { Alert } from '@backstage/ui';
import { rolloutManagePermission } from '@waymark/backstage-plugin-golden-paths-common';
import {
  AsyncContent,
  EmptyState,
  LoadingState,
  OptionSelect,
  SectionCard,
  useQuery,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { Page } from '../shared/Page';
import { RolloutForm } from './RolloutForm';
import shared from '../shared/shared.module.css';

/** As many as are listed at once. */
const MOST = 1000;

const Reach = ({ templateRef }: { templateRef: string }) => {
  const api = useApi(goldenPathsApiRef);
  const state = useAsyncRetry(
    () => api.getDrift({ templateRef, standing: 'behind', limit: MOST }),
    [api, templateRef],
  );
  return (
    <AsyncContent
      state={state}
      what="the services that are behind"
      onRetry={state.retry}
    >
      {({ items }) =>
        items.length === 0 ? (
          <SectionCard title="Nothing to roll out">
            <EmptyState title="No service is behind">
              All services of this golden path that say their version have the
              newest.
            </EmptyState>
          </SectionCard>
        ) : (
          <RolloutForm
            key={templateRef}
            templateRef={templateRef}
            items={items}
          />
        )
      }
    </AsyncContent>
  );
};

const Choice = () => {
  const api = useApi(goldenPathsApiRef);
  const [query, onQuery] = useQuery();
  const state = useAsyncRetry(() => api.getTemplates({}), [api]);
  return (
    <AsyncContent state={state} what="the golden paths" onRetry={state.retry}>
      {({ items }) => {
        const known = items.find(one => one.templateRef === query.template);
        const usual = [...items].sort((a, b) => b.drifting - a.drifting)[0];
        const chosen = known ?? usual;
        return chosen ? (
          <>
            <div
              className={shared.filters}
              role="search"
              aria-label="Golden paths"
            >
              <OptionSelect
                label="Golden path"
                options={items.map(({ templateRef, title, version }) => ({
                  value: templateRef,
                  label: `${title} ${version ?? ''}`.trim(),
                }))}
                value={chosen.templateRef}
                onChange={template => onQuery({ template })}
              />
            </div>
            <Reach templateRef={chosen.templateRef} />
          </>
        ) : (
          <EmptyState title="There is no golden path yet">
            The catalog has no template that you may see.
          </EmptyState>
        );
      }}
    </AsyncContent>
  );
};

/** Begins to bring the newest version of a golden path to its services. */
export const NewRolloutPage = () => {
  const { allowed, loading } = usePermission({
    permission: rolloutManagePermission,
  });
  return (
    <Page title="New rollout">
      {loading && <LoadingState what="the form" />}
      {!loading && !allowed && (
        <Alert
          status="info"
          icon
          title="You may not start rollouts"
          description="The platform team does. On the page of a service that is yours you can upgrade it right away."
        />
      )}
      {allowed && <Choice />}
    </Page>
  );
};
