import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';

/** Props of {@link LoadingState}. */
export type LoadingStateProps = {
  /** What is coming, for screen readers: "Loading {what}". */
  what: string;
  /**
   * How many lines to keep free.
   * @defaultValue 3
   */
  lines?: number;
};

/** Grey lines where content will stand, so that nothing jumps. */
export const LoadingState = ({ what, lines = 3 }: LoadingStateProps) => (
  <Flex direction="column" gap="3" role="status">
    <VisuallyHidden>Loading {what}</VisuallyHidden>
    {Array.from({ length: lines }, (_, line) => (
      <Skeleton key={line} width={line % 2 ? '70%' : '90%'} height={18} />
    ))}
  </Flex>
);
