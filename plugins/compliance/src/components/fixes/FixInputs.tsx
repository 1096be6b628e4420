import { Select, Text, TextField } from '@backstage/ui';
import { FixPreview } from '@waymark/backstage-plugin-compliance-common';

const LONGEST = 300;

type Input = NonNullable<FixPreview['inputs']>[number];

/** What a person can decide about the change. */
export const FixInputs = (props: {
  inputs: readonly Input[];
  values: Readonly<Record<string, string>>;
  onChange: (name: string, value: string) => void;
}) => {
  const { inputs, values, onChange } = props;
  return (
    <>
      {inputs.map(({ name, title, options }) =>
        options ? (
          <Select
            key={name}
            label={title}
            options={options.map(option => ({ id: option, label: option }))}
            value={values[name] || null}
            onChange={value => onChange(name, String(value))}
          />
        ) : (
          <TextField
            key={name}
            label={title}
            value={values[name] ?? ''}
            onChange={value => onChange(name, value)}
            maxLength={LONGEST}
          />
        ),
      )}
      <Text as="p" variant="body-small" color="secondary">
        These are suggestions. Change what is not right, and look at the change
        again.
      </Text>
    </>
  );
};
