import useAsyncRetry from 'react-use/esm/useAsyncRetry';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Select } from '@backstage/ui';
import { CampaignScope } from '@waymark/backstage-plugin-compliance-common';
import { AsyncContent } from '@waymark/backstage-plugin-insights-react';
import { complianceApiRef } from '../../api/ComplianceApi';
import styles from './campaigns.module.css';

type Option = { id: string; label: string };

/** What was chosen stays, also where the catalog no longer has it. */
const withChosen = (options: readonly Option[], chosen: readonly string[]) => [
  ...options,
  ...chosen
    .filter(id => !options.some(one => one.id === id))
    .map(id => ({ id, label: id })),
];

const Choices = (props: {
  label: string;
  all: string;
  options: readonly Option[];
  value: string[];
  onChange: (value: string[]) => void;
}) => (
  <Select
    label={props.label}
    placeholder={props.all}
    selectionMode="multiple"
    search={{ placeholder: 'Search' }}
    options={withChosen(props.options, props.value)}
    value={props.value}
    onChange={keys => props.onChange([...keys].map(String))}
  />
);

/** Which components a campaign is about: those that fit each of the lists. */
export const ScopeFields = (props: {
  value: CampaignScope;
  onChange: (scope: CampaignScope) => void;
}) => {
  const { value, onChange } = props;
  const api = useApi(complianceApiRef);
  const catalogApi = useApi(catalogApiRef);
  const state = useAsyncRetry(async () => {
    const [owners, systems, { facets }] = await Promise.all([
      api.getSummary('owner'),
      api.getSummary('system'),
      catalogApi.getEntityFacets({
        filter: { kind: 'component' },
        facets: ['spec.lifecycle'],
      }),
    ]);
    const options = ({ groups }: typeof owners) =>
      groups
        .filter(({ ref }) => ref)
        .map(({ ref, title }) => ({ id: ref, label: title }))
        .sort((a, b) => a.label.localeCompare(b.label));
    return {
      owners: options(owners),
      systems: options(systems),
      lifecycles: (facets['spec.lifecycle'] ?? []).map(one => ({
        id: one.value,
        label: one.value,
      })),
    };
  }, [api, catalogApi]);
  return (
    <AsyncContent
      state={state}
      what="teams, systems and lifecycles"
      onRetry={state.retry}
    >
      {({ owners, systems, lifecycles }) => (
        <div className={styles.scope}>
          <Choices
            label="Owners"
            all="All owners"
            options={owners}
            value={value.owners}
            onChange={next => onChange({ ...value, owners: next })}
          />
          <Choices
            label="Systems"
            all="All systems"
            options={systems}
            value={value.systems}
            onChange={next => onChange({ ...value, systems: next })}
          />
          <Choices
            label="Lifecycles"
            all="All lifecycles"
            options={lifecycles}
            value={value.lifecycles}
            onChange={next => onChange({ ...value, lifecycles: next })}
          />
        </div>
      )}
    </AsyncContent>
  );
};
