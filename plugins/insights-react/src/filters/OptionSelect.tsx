import { Select } from '@backstage/ui';

const ANY = 'any';

/** Chooses one of some; with `any`, or none of them. */
export const OptionSelect = (props: {
  label: string;
  /** What is said where any will do; left out where one has to be chosen. */
  any?: string;
  options: readonly { value: string; label: string }[];
  value?: string;
  onChange: (value?: string) => void;
  /** Offers a field to search in, for long lists. */
  search?: boolean;
}) => {
  const { label, any, options, value, onChange, search } = props;
  return (
    <Select
      label={label}
      options={[
        ...(any ? [{ id: ANY, label: any }] : []),
        ...options.map(one => ({ id: one.value, label: one.label })),
      ]}
      {...(search && { search: { placeholder: 'Search' } })}
      value={value ?? ANY}
      onChange={key => onChange(key === ANY ? undefined : String(key))}
    />
  );
};
