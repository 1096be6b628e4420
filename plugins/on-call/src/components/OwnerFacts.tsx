import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  catalogApiRef,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import { AsyncContent } from '@waymark/backstage-plugin-insights-react';
import { loadOwner } from '../owner';
import { Fact, FactLink, LinksFact } from './Facts';

/** The team and the ways to reach it. */
export const OwnerFacts = ({ ownerRef }: { ownerRef: string }) => {
  const catalogApi = useApi(catalogApiRef);
  const entityLink = useEntityRefLink();
  const state = useAsyncRetry(
    () => loadOwner(catalogApi, ownerRef),
    [catalogApi, ownerRef],
  );
  const owner = state.value;
  return (
    <>
      <Fact name="Owner">
        <AsyncContent state={state} what="the owner" onRetry={state.retry}>
          {({ name, entityRef }) => (
            <Link href={entityLink(entityRef)} weight="bold">
              {name}
            </Link>
          )}
        </AsyncContent>
      </Fact>
      {owner && <LinksFact name="Reach them" links={owner.links} />}
      {owner?.email && (
        <Fact name="E-mail">
          <FactLink url={`mailto:${owner.email}`}>{owner.email}</FactLink>
        </Fact>
      )}
      {owner && owner.links.length === 0 && !owner.email && (
        <Fact name="Reach them">
          <Text color="secondary">
            The catalog has no chat or e-mail for this team.
          </Text>
        </Fact>
      )}
    </>
  );
};
