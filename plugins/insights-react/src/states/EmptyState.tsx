import { ReactNode } from 'react';
import { Flex, Text } from '@backstage/ui';

/** Props of {@link EmptyState}. */
export type EmptyStateProps = {
  /** What there is none of, as a sentence. */
  title: string;
  /** What to do about it. */
  children?: ReactNode;
  /** A link or button that does it. */
  action?: ReactNode;
};

/** Says that there is nothing, why, and what to do next. */
export const EmptyState = ({ title, children, action }: EmptyStateProps) => (
  <Flex direction="column" gap="2" align="start">
    <Text as="p" weight="bold">
      {title}
    </Text>
    {children && (
      <Text as="p" color="secondary">
        {children}
      </Text>
    )}
    {action}
  </Flex>
);
