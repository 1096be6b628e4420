import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { useLinks } from './useLinks';

/** A component's name, which leads to its tab; elsewhere, to nothing. */
export const EntityName = ({ entityRef }: { entityRef: string }) => {
  const links = useLinks();
  const { primaryTitle } = useEntityPresentation(entityRef);
  return <Link href={links.tab(entityRef)}>{primaryTitle}</Link>;
};

/** The name alone. */
export const EntityTitle = ({ entityRef }: { entityRef: string }) => (
  <>{useEntityPresentation(entityRef).primaryTitle}</>
);
