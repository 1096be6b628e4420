import { Button, Text } from '@backstage/ui';
import { NewInputs } from '@waymark/backstage-plugin-golden-paths-common';
import shared from '../shared/shared.module.css';

/** The answers that a rollout takes along. */
export const GivenAnswers = (props: {
  inputs: NewInputs;
  /** Where they can be given anew. */
  onForget?: () => void;
}) => {
  const { inputs, onForget } = props;
  const said = Object.entries(inputs);
  if (said.length === 0) return null;
  return (
    <div className={shared.filters}>
      <Text as="p">
        {`For services that have given no answer: ${said
          .map(([name, value]) => `${name} = ${wordsOf(value)}`)
          .join(', ')}.`}
      </Text>
      {onForget && (
        <Button variant="tertiary" size="small" onPress={onForget}>
          Answer anew
        </Button>
      )}
    </div>
  );
};

function wordsOf(value: NewInputs[string]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
