import {
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_HAS_PART,
  RELATION_PROVIDES_API,
} from '@backstage/catalog-model';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

const card = (options: {
  name: string;
  kinds: string[];
  relationType: string;
  title: string;
  none: string;
}) =>
  EntityCardBlueprint.make({
    name: options.name,
    params: {
      type: 'content',
      filter: { kind: { $in: options.kinds } },
      loader: () =>
        import('./components/RelationCard').then(({ RelationCard }) => (
          <RelationCard {...options} />
        )),
    },
  });

/** What the entity stands on, who stands on it, and what it consists of. */
export const relationCards = [
  card({
    name: 'depends-on',
    kinds: ['component', 'resource'],
    relationType: RELATION_DEPENDS_ON,
    title: 'Depends on',
    none: 'The catalog names nothing it depends on.',
  }),
  card({
    name: 'used-by',
    kinds: ['component', 'resource'],
    relationType: RELATION_DEPENDENCY_OF,
    title: 'Used by',
    none: 'Nothing in the catalog says that it depends on this.',
  }),
  card({
    name: 'provides-apis',
    kinds: ['component'],
    relationType: RELATION_PROVIDES_API,
    title: 'Provides APIs',
    none: 'It provides no API.',
  }),
  card({
    name: 'consumes-apis',
    kinds: ['component'],
    relationType: RELATION_CONSUMES_API,
    title: 'Consumes APIs',
    none: 'It consumes no API.',
  }),
  card({
    name: 'consumed-by',
    kinds: ['api'],
    relationType: RELATION_API_CONSUMED_BY,
    title: 'Used by',
    none: 'Nothing in the catalog says that it consumes this API.',
  }),
  card({
    name: 'provided-by',
    kinds: ['api'],
    relationType: RELATION_API_PROVIDED_BY,
    title: 'Provided by',
    none: 'No component says that it provides this API.',
  }),
  card({
    name: 'parts',
    kinds: ['system', 'domain'],
    relationType: RELATION_HAS_PART,
    title: 'Consists of',
    none: 'Nothing in the catalog says that it is part of this.',
  }),
];
