import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { goldenPathsApiRef } from '../../api/GoldenPathsApi';
import { driftRouteRef } from '../../routes';
import { positionWords } from '../../words';
import { CsvButton } from '../shared/CsvButton';
import { EntityName, EntityTitle } from '../shared/EntityName';
import shared from '../shared/shared.module.css';

/** As many as one looks through; the others are a click away. */
const SHOWN = 20;

/** Services that name the template, those furthest behind first. */
export const ServicesSection = ({ templateRef }: { templateRef: string }) => {
  const api = useApi(goldenPathsApiRef);
  const drift = useRouteRef(driftRouteRef);
  const state = useAsyncRetry(
    () => api.getDrift({ templateRef, limit: SHOWN }),
    [api, templateRef],
  );
  const search = new URLSearchParams({ template: templateRef });
  return (
    <SectionCard
      title="Services made from it"
      action={
        <CsvButton table="drift" what="its services" query={{ templateRef }} />
      }
    >
      <AsyncContent state={state} what="its services" onRetry={state.retry}>
        {({ items, total }) =>
          total === 0 ? (
            <EmptyState title="No service names it">
              What is created with it is listed here.
            </EmptyState>
          ) : (
            <div className={shared.column}>
              <ul className={shared.list} aria-label="Services">
                {items.map(item => (
                  <li key={item.entityRef}>
                    <div>
                      <EntityName
                        entityRef={item.entityRef}
                        {...(item.title && { title: item.title })}
                      />
                      <span className={shared.note}>
                        {item.owner ? (
                          <EntityTitle entityRef={item.owner} />
                        ) : (
                          'No owner'
                        )}
                      </span>
                    </div>
                    <div>
                      {positionWords(item)}{' '}
                      <Text color="secondary">
                        {item.version ?? 'no version'}
                      </Text>
                    </div>
                  </li>
                ))}
              </ul>
              {drift && total > items.length && (
                <Link href={`${drift()}?${search}`}>
                  {`All ${total} services`}
                </Link>
              )}
            </div>
          )
        }
      </AsyncContent>
    </SectionCard>
  );
};
