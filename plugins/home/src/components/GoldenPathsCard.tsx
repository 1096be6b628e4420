import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import {
  DEFAULT_NAMESPACE,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import {
  AsyncContent,
  EmptyState,
  SectionCard,
} from '@waymark/backstage-plugin-insights-react';
import { loadGoldenPaths } from '../data/goldenPaths';
import { createFromTemplateRouteRef } from '../routes';
import styles from './HomePage.module.css';

const GoldenPath = ({ template }: { template: Entity }) => {
  const formLink = useRouteRef(createFromTemplateRouteRef);
  const { name, namespace = DEFAULT_NAMESPACE } = template.metadata;
  const { title = name, description } = template.metadata;
  return (
    <li>
      <Flex direction="column" gap="2" align="start">
        <Text as="h3" weight="bold">
          {title}
        </Text>
        {description && (
          <Text as="p" variant="body-small" color="secondary">
            {description}
          </Text>
        )}
        {formLink && (
          <ButtonLink
            size="medium"
            href={formLink({ namespace, templateName: name })}
            aria-label={`Create from ${title}`}
          >
            Create
          </ButtonLink>
        )}
      </Flex>
    </li>
  );
};

/** The templates one can start from. */
export const GoldenPathsCard = () => {
  const catalogApi = useApi(catalogApiRef);
  const state = useAsyncRetry(() => loadGoldenPaths(catalogApi), [catalogApi]);
  return (
    <SectionCard title="Start something new">
      <AsyncContent state={state} what="the golden paths" onRetry={state.retry}>
        {templates =>
          templates.length > 0 ? (
            <ul className={styles.list}>
              {templates.map(template => (
                <GoldenPath
                  key={stringifyEntityRef(template)}
                  template={template}
                />
              ))}
            </ul>
          ) : (
            <EmptyState title="No golden paths yet">
              The platform team adds them to the catalog as templates.
            </EmptyState>
          )
        }
      </AsyncContent>
    </SectionCard>
  );
};
