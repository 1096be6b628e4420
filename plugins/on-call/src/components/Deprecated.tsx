import {
  useEntityPresentation,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Alert, Link } from '@backstage/ui';

const Successor = ({ entityRef }: { entityRef: string }) => {
  const entityLink = useEntityRefLink();
  const { primaryTitle } = useEntityPresentation(entityRef);
  return (
    <>
      Use <Link href={entityLink(entityRef)}>{primaryTitle}</Link> instead.
    </>
  );
};

/** Warns that the thing will go, and names what replaces it. */
export const Deprecated = ({ successor }: { successor?: string }) => (
  <Alert
    status="warning"
    icon
    title="Deprecated: do not build on it any more"
    description={
      successor ? (
        <Successor entityRef={successor} />
      ) : (
        'No successor is named. Ask the owner.'
      )
    }
  />
);
