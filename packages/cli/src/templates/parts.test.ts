import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Entity } from '@backstage/catalog-model';
import { PlaceholderProcessor } from '@backstage/plugin-catalog-backend';
import { parse } from 'yaml';
import { readWhole } from '@waymark/backstage-plugin-golden-paths-node';
import { listGoldenPaths, refuse } from './goldenPath';

const templates = resolve(__dirname, '../../../../templates');

const catalog = new PlaceholderProcessor({
  resolvers: {
    async yaml({ value, baseUrl, read, resolveUrl }) {
      const content = await read(resolveUrl(String(value), baseUrl));
      return parse(content.toString());
    },
  },
  reader: {
    readUrl: async url => ({ buffer: async () => readFileSync(url) }),
  } as ConstructorParameters<typeof PlaceholderProcessor>[0]['reader'],
  integrations: {
    resolveUrl: ({ url, base }) => resolve(dirname(base), url),
  } as ConstructorParameters<typeof PlaceholderProcessor>[0]['integrations'],
});

it.each(listGoldenPaths(templates))(
  'reads the template of %s as the catalog does',
  async name => {
    const target = join(templates, name, 'template.yaml');
    const entity: Entity = parse(readFileSync(target, 'utf8'));

    const { value } = readWhole(join(templates, name), 'template.yaml', refuse);

    expect(value).toEqual(
      await catalog.preProcessEntity(entity, { type: 'url', target }, () => {}),
    );
  },
);
