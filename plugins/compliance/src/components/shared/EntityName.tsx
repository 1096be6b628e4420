import {
  useEntityPresentation,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/** An entity's name, which leads to its page. */
export const EntityName = (props: { entityRef: string; title?: string }) => {
  const entityLink = useEntityRefLink();
  const { primaryTitle } = useEntityPresentation(props.entityRef);
  return (
    <Link href={entityLink(props.entityRef)}>
      {props.title ?? primaryTitle}
    </Link>
  );
};

/** The name alone, where a link would be too much. */
export const EntityTitle = ({ entityRef }: { entityRef: string }) => (
  <>{useEntityPresentation(entityRef).primaryTitle}</>
);
