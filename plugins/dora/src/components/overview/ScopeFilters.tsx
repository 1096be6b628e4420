import useAsync from 'react-use/esm/useAsync';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { OptionSelect } from '@waymark/backstage-plugin-insights-react';
import { Change, Query } from '../../data/asked';

const COHORT_OPTIONS = [
  { value: 'golden-path', label: 'Golden paths' },
  { value: 'bespoke', label: 'Bespoke' },
];

/** What there is to choose from: components, and what they belong to. */
export function useScopes() {
  const catalog = useApi(catalogApiRef);
  return useAsync(async () => {
    const { items } = await catalog.getEntities({
      filter: { kind: ['component', 'group', 'user', 'system'] },
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.title',
        'spec.profile.displayName',
        'relations',
      ],
    });
    const titles = new Map(
      items.map(entity => {
        const profile = entity.spec?.profile as { displayName?: string };
        const title =
          entity.metadata.title ?? profile?.displayName ?? entity.metadata.name;
        return [stringifyEntityRef(entity), title];
      }),
    );
    const components = items.filter(
      ({ kind }) => kind.toLowerCase() === 'component',
    );
    const relatedBy = (type: string) =>
      components.flatMap(({ relations = [] }) =>
        relations
          .filter(one => one.type === type)
          .map(({ targetRef }) => targetRef),
      );
    const optionsOf = (refs: string[]) =>
      [...new Set(refs)]
        .map(ref => ({ value: ref, label: titles.get(ref) ?? ref }))
        .sort((a, b) => a.label.localeCompare(b.label));
    return {
      owner: optionsOf(relatedBy('ownedBy')),
      system: optionsOf(
        relatedBy('partOf').filter(ref => ref.startsWith('system:')),
      ),
      component: optionsOf(components.map(one => stringifyEntityRef(one))),
    };
  }, [catalog]);
}

const NONE = {
  owner: undefined,
  system: undefined,
  component: undefined,
  cohort: undefined,
};

/** Whose events: of a team, a system, a component or a cohort, one of them. */
export const ScopeFilters = (props: { query: Query; onQuery: Change }) => {
  const { query, onQuery } = props;
  const { value: scopes } = useScopes();
  const choose = (key: keyof typeof NONE) => (value?: string) =>
    onQuery({ ...NONE, [key]: value });
  return (
    <>
      <OptionSelect
        label="Team"
        any="All teams"
        search
        options={scopes?.owner ?? []}
        value={query.owner}
        onChange={choose('owner')}
      />
      <OptionSelect
        label="System"
        any="All systems"
        search
        options={scopes?.system ?? []}
        value={query.system}
        onChange={choose('system')}
      />
      <OptionSelect
        label="Component"
        any="All components"
        search
        options={scopes?.component ?? []}
        value={query.component}
        onChange={choose('component')}
      />
      <OptionSelect
        label="Made from"
        any="Anything"
        options={COHORT_OPTIONS}
        value={query.cohort}
        onChange={choose('cohort')}
      />
    </>
  );
};
