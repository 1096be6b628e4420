import { Text } from '@backstage/ui';

/** How a score stands to that of seven days ago. */
export const Change = (props: { now?: number; before?: number }) => {
  const { now, before } = props;
  if (now === undefined || before === undefined) return null;
  const change = now - before;
  if (change === 0) {
    return <Text color="secondary">Same as a week ago</Text>;
  }
  return (
    <Text color={change > 0 ? 'success' : 'danger'}>
      {change > 0 ? `Up ${change}` : `Down ${-change}`} since last week
    </Text>
  );
};
