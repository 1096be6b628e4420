import { readFile } from 'node:fs/promises';
import { caseOf, changed, entity, propose } from '../__testUtils__/fixCase';
import { renovate } from './dependencyUpdates';

describe('catalog-fields', () => {
  const text = `kind: API
metadata: { name: shop }
---
# The shop.
kind: Component
metadata:
  name: shop # unchanged
spec:
  type: service
`;

  it('changes the document of the component, with the ends of its lines', async () => {
    const windows = text.replaceAll('\n', '\r\n');
    const about = await caseOf(
      { 'catalog-info.yaml': windows, 'Readme.md': '# Shop\n\nSells it all.' },
      {},
      { owner: 'group:default/checkout' },
    );
    expect(changed('catalog-fields', about)['catalog-info.yaml']).toBe(
      windows
        .replace(
          'unchanged\r\n',
          'unchanged\r\n  description: Sells it all.\r\n',
        )
        .replace(
          'service\r\n',
          'service\r\n  lifecycle: experimental\r\n  owner: checkout\r\n',
        ),
    );
  });

  it('says what it does not know, and invents no owner', async () => {
    const about = await caseOf({ 'catalog-info.yaml': text });
    const [{ files, notes, inputs }] = propose('catalog-fields', about);
    expect(files.get('catalog-info.yaml')).toContain(
      'description: "To be written: what shop does and for whom, in one sentence"',
    );
    expect(files.get('catalog-info.yaml')).not.toContain('owner');
    expect(notes.join()).toContain('write one before you merge');
    expect(inputs).toContainEqual({
      name: 'owner',
      title: 'Owner, a group of the catalog',
    });
    const complete = entity({ description: 'a' }, { lifecycle: 'production' });
    const orphan = await caseOf(
      { 'catalog-info.yaml': text },
      { entity: complete },
    );
    expect(() => propose('catalog-fields', orphan)).toThrow(/who owns it/);
  });

  it('takes what is deployed to production for production', async () => {
    const releases = [{ environment: 'production', objects: [] }];
    const about = await caseOf({ 'catalog-info.yaml': text });
    const deployed = {
      ...about,
      facts: { ...about.facts, manifest: { releases } },
    };
    expect(changed('catalog-fields', deployed)['catalog-info.yaml']).toContain(
      'lifecycle: production',
    );
    const chosen = { ...deployed, inputs: { lifecycle: 'deprecated' } };
    expect(changed('catalog-fields', chosen)['catalog-info.yaml']).toContain(
      'lifecycle: deprecated',
    );
  });
});

describe('dependency-updates', () => {
  it.each(['go', 'java', 'node', 'python'])(
    'writes what the golden paths have for %s',
    async language => {
      const template = await readFile(
        `${__dirname}/../../../../templates/_layers/repository/renovate.json.njk`,
        'utf8',
      );
      expect(renovate('tidewater', language)).toBe(
        template
          .replace('${{ values.gitOwner }}', 'tidewater')
          .replace('${{ values.path.language }}', language),
      );
    },
  );

  it('chooses the preset by what the repository depends on', async () => {
    const presets = new Set(['default', 'java']);
    const of = async (files: Record<string, string>) =>
      changed('dependency-updates', await caseOf(files, {}, { presets }))[
        'renovate.json'
      ];
    expect(await of({ 'pom.xml': '<project/>' })).toContain('renovate/java"');
    expect(await of({ 'go.mod': 'module x' })).toContain('renovate/default"');
    await expect(
      caseOf({}, {}, { isWholeRepository: false }).then(about =>
        propose('dependency-updates', about),
      ),
    ).rejects.toThrow(/root of a repository/);
  });
});
