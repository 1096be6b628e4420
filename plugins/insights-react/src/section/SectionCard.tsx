import { ReactNode, useId } from 'react';
import { Card, CardBody, CardHeader, Flex, Text } from '@backstage/ui';

/** Props of {@link SectionCard}. */
export type SectionCardProps = {
  title: string;
  /** Stands at the right of the title, such as a link to the whole list. */
  action?: ReactNode;
  children: ReactNode;
};

/** A card that is a region of the page, named by its title. */
export const SectionCard = ({ title, action, children }: SectionCardProps) => {
  const titleId = useId();
  return (
    <Card role="region" aria-labelledby={titleId}>
      <CardHeader>
        <Flex justify="between" align="center" gap="3">
          <Text as="h2" variant="title-x-small" weight="bold" id={titleId}>
            {title}
          </Text>
          {action}
        </Flex>
      </CardHeader>
      <CardBody>{children}</CardBody>
    </Card>
  );
};
