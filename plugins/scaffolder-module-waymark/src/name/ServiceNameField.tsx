import { useId } from 'react';
import { useEntityRefLink } from '@backstage/plugin-catalog-react';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Link, Text } from '@backstage/ui';
import TextField from '@material-ui/core/TextField';
import { takenMessage } from './nameHolder';
import { NameState, useNameState } from './useNameState';

const Verdict = ({ name, state }: { name: string; state: NameState }) => {
  const entityLink = useEntityRefLink();
  switch (state.kind) {
    case 'malformed':
      return <Text color="danger">{state.message}</Text>;
    case 'checking':
      return <Text color="secondary">Checking whether {name} is free…</Text>;
    case 'free':
      return <Text color="success">{name} is free.</Text>;
    case 'unknown':
      return (
        <Text color="warning">
          The catalog does not answer. The name is checked again on the next
          step.
        </Text>
      );
    case 'taken':
      return (
        <Text color="danger">
          {takenMessage(name, state.holder)}{' '}
          <Link href={entityLink(state.holder.entityRef)} target="_blank">
            See {name}
          </Link>
        </Text>
      );
    default:
      return null;
  }
};

/** A text field that says while one types whether the name can be had. */
export const ServiceNameField = (
  props: FieldExtensionComponentProps<string>,
) => {
  const { formData, onChange, required, schema, uiSchema, idSchema } = props;
  const name = formData ?? '';
  const helpId = useId();
  const state = useNameState(name);
  const said =
    (state.kind === 'malformed' && state.message) ||
    (state.kind === 'taken' && takenMessage(name, state.holder));
  // The form's own errors are those of the last refused step.
  const refused = (props.rawErrors ?? []).length > 0;
  const invalid = Boolean(said) || (refused && state.kind !== 'free');
  // After a refused step the form itself says the same below the field.
  const repeated = said && props.rawErrors?.includes(said);
  return (
    <>
      <TextField
        id={idSchema?.$id}
        label={schema.title}
        placeholder={uiSchema['ui:placeholder']}
        required={required}
        error={invalid}
        value={name}
        onChange={({ target: { value } }) =>
          onChange(value === '' ? undefined : value)
        }
        fullWidth
        inputProps={{
          autoComplete: 'off',
          spellCheck: false,
          'aria-describedby': helpId,
        }}
      />
      <div id={helpId}>
        <Text variant="body-small" color="secondary">
          {schema.description}
        </Text>
        <div role="status">
          {!repeated && <Verdict name={name} state={state} />}
        </div>
      </div>
    </>
  );
};
