import { screen, within } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import {
  catalogApiRef,
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { OnCallCard } from './OnCallCard';

const team: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: {
    name: 'checkout',
    namespace: 'default',
    links: [{ url: 'https://chat.example/checkout', title: '#checkout' }],
  },
  spec: {
    type: 'team',
    profile: { displayName: 'Checkout', email: 'checkout@acme.example' },
  },
};

const service = (overrides: {
  metadata?: Partial<Entity['metadata']>;
  spec?: object;
  relations?: Entity['relations'];
}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'basket-service',
    namespace: 'default',
    ...overrides.metadata,
  },
  spec: { type: 'service', lifecycle: 'production', ...overrides.spec },
  relations: overrides.relations ?? [
    { type: 'ownedBy', targetRef: 'group:default/checkout' },
  ],
});

const render = (entity: Entity) =>
  renderInTestApp(
    <EntityProvider entity={entity}>
      <OnCallCard />
    </EntityProvider>,
    {
      apis: [[catalogApiRef, catalogApiMock({ entities: [team] })]],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );

describe('OnCallCard', () => {
  it('leads to the owner, the runbook, the dashboards and the code', async () => {
    render(
      service({
        metadata: {
          annotations: {
            'backstage.io/source-location':
              'url:http://git.example/acme/basket-service/tree/main/',
            'waymark.dev/tier': '1',
          },
          links: [
            {
              url: `${window.location.origin}/docs/x/runbook`,
              title: 'Runbook',
              type: 'runbook',
            },
            { url: 'https://d.example', title: 'Traffic', type: 'dashboard' },
            { url: 'https://h.example', title: 'Health', type: 'health' },
          ],
        },
      }),
    );
    const card = await screen.findByRole('region', { name: 'On call' });
    const link = (name: string) => within(card).findByRole('link', { name });
    expect(await link('Checkout')).toHaveAttribute(
      'href',
      '/catalog/default/group/checkout',
    );
    expect(await link('#checkout')).toHaveAttribute(
      'href',
      'https://chat.example/checkout',
    );
    expect(await link('checkout@acme.example')).toBeVisible();
    expect(await link('Runbook')).toHaveAttribute('href', '/docs/x/runbook');
    expect(await link('Traffic')).toBeVisible();
    expect(await link('Recent changes')).toHaveAttribute(
      'href',
      'http://git.example/acme/basket-service/commits/main',
    );
    expect(screen.queryByRole('list', { name: 'Missing' })).toBeNull();
  });

  it('says what is missing and how to add it', async () => {
    render(service({}));
    const missing = await screen.findByRole('list', { name: 'Missing' });
    for (const what of ['runbook', 'dashboard', 'health check', 'repository']) {
      expect(missing).toHaveTextContent(`No ${what}:`);
    }
  });

  it('expects nothing of a library', async () => {
    render(service({ spec: { type: 'library' } }));
    expect(await screen.findByText('On call')).toBeVisible();
    expect(screen.queryByRole('list', { name: 'Missing' })).toBeNull();
  });

  it('warns of a deprecated service and names its successor', async () => {
    render(
      service({
        metadata: {
          annotations: { 'waymark.dev/successor': 'component:default/next' },
        },
        spec: { lifecycle: 'deprecated' },
      }),
    );
    expect(await screen.findByText(/^Deprecated:/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'next' })).toHaveAttribute(
      'href',
      '/catalog/default/component/next',
    );
  });

  it('says that nobody owns it', async () => {
    render(service({ relations: [] }));
    expect(await screen.findByText(/Nobody owns this/)).toBeVisible();
  });
});
