import {
  useEntityPresentation,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/** An entity's name, which leads to its page. */
export const EntityName = (props: { entityRef: string; title?: string }) => {
  const { entityRef, title } = props;
  const link = useEntityRefLink();
  const { primaryTitle } = useEntityPresentation(entityRef);
  return <Link href={link(entityRef)}>{title ?? primaryTitle}</Link>;
};

/** The name alone. */
export const EntityTitle = ({ entityRef }: { entityRef: string }) => (
  <>{useEntityPresentation(entityRef).primaryTitle}</>
);
