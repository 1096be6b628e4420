import { ConfigReader } from '@backstage/config';
import { Entity } from '@backstage/catalog-model';
import { ScmIntegrations } from '@backstage/integration';
import { locate } from '@waymark/repositories';
import { describeComponent } from './describeComponent';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      gitlab: [
        {
          host: 'gitlab.example',
          token: 'x',
          apiBaseUrl: 'https://gitlab.example/api/v4',
        },
      ],
    },
  }),
);
const entity = (
  source?: string,
  managed = 'url:https://github.com/Tidewater/catalog/blob/main/all.yaml',
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'basket',
    etag: 'e1',
    annotations: {
      'backstage.io/managed-by-location': managed,
      'waymark.dev/template': 'node-api',
      ...(source && { 'backstage.io/source-location': source }),
    },
  },
  relations: [
    { type: 'partOf', targetRef: 'component:default/shop' },
    { type: 'partOf', targetRef: 'system:default/checkout' },
    { type: 'ownedBy', targetRef: 'group:default/b' },
    { type: 'ownedBy', targetRef: 'group:default/a' },
  ],
});

describe('describeComponent', () => {
  it('says what a component is found by', () => {
    expect(
      describeComponent(
        entity('url:https://github.com/Tidewater/Basket/tree/next/'),
        integrations,
      ),
    ).toEqual({
      entityRef: 'component:default/basket',
      title: 'basket',
      owner: 'group:default/a',
      system: 'system:default/checkout',
      template: 'template:default/node-api',
      repository: 'github.com/tidewater/basket',
      branch: 'next',
      etag: 'e1',
    });
  });

  it.each<[string, Entity, unknown]>([
    ['a file', entity('file:/a/b', 'file:/a'), undefined],
    ['what is no location', entity('nonsense', 'nonsense'), undefined],
    [
      'an unknown host',
      entity('url:https://git.example/x/y'),
      { problem: expect.stringContaining('no repository') },
    ],
    [
      'a host without a repository',
      entity('url:https://github.com/'),
      { problem: expect.stringContaining('no repository') },
    ],
    [
      'another organisation',
      entity('url:https://github.com/other/secret/tree/main/'),
      { problem: expect.stringContaining('another organisation') },
    ],
    [
      'the same organisation, written otherwise',
      entity('url:https://github.com/tideWATER/basket/tree/main/'),
      expect.objectContaining({ name: 'basket', branch: 'main' }),
    ],
    [
      'the place it was registered at',
      entity(undefined, 'url:https://gitlab.example/x/y/-/blob/main/a.yaml'),
      expect.objectContaining({ type: 'gitlab', name: 'y' }),
    ],
  ])('finds the files by %s', (_, found, expected) => {
    expect(locate(found, integrations)).toEqual(expected);
  });
});
