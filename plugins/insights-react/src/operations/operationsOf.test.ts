import { operationsOf } from './operationsOf';

const entity = (metadata: object, spec: object = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'basket-service', ...metadata },
  spec: { ...spec },
});

describe('operationsOf', () => {
  it('reads what the catalog says', () => {
    const link = (type: string) => ({ url: `https://x.example/${type}`, type });
    expect(
      operationsOf(
        entity(
          {
            annotations: {
              'backstage.io/source-location':
                'url:http://localhost:7300/tidewater/basket-service/tree/main/',
              'backstage.io/techdocs-ref': 'dir:.',
              'github.com/project-slug': 'tidewater/basket-service',
              'pagerduty.com/service-id': 'PTW1',
              'waymark.dev/tier': '1',
              'waymark.dev/successor': 'component:default/next',
            },
            links: ['runbook', 'dashboard', 'health', 'chat'].map(link),
          },
          { lifecycle: 'deprecated' },
        ),
      ),
    ).toEqual({
      docs: '/docs/default/component/basket-service',
      runbook: link('runbook'),
      dashboards: [link('dashboard')],
      health: [link('health')],
      chat: [link('chat')],
      repository: {
        slug: 'tidewater/basket-service',
        url: 'http://localhost:7300/tidewater/basket-service',
        changesUrl:
          'http://localhost:7300/tidewater/basket-service/commits/main',
      },
      pagerDutyService: 'PTW1',
      tier: '1',
      lifecycle: 'deprecated',
      successor: 'component:default/next',
    });
  });

  it('knows a runbook by its title where the link has no type', () => {
    const runbook = { url: 'https://x.example/a', title: 'Runbook' };
    const docs = { ...runbook, title: 'Runbook template', type: 'docs' };
    const of = (...links: object[]) => operationsOf(entity({ links })).runbook;
    expect(of(docs, runbook)).toEqual(runbook);
    expect(of(docs)).toBeUndefined();
  });

  it('leaves out what is not said', () => {
    expect(operationsOf(entity({}))).toMatchObject({
      docs: undefined,
      runbook: undefined,
      repository: undefined,
      dashboards: [],
    });
  });

  it.each([
    [
      'url:https://github.com/acme/shop',
      'https://github.com/acme/shop/commits',
    ],
    [
      'url:https://ghe.acme.example/acme/shop/tree/trunk/services/shop/',
      'https://ghe.acme.example/acme/shop/commits/trunk',
    ],
  ])('finds the changes of %s', (source, changesUrl) => {
    const annotations = { 'backstage.io/source-location': source };
    expect(operationsOf(entity({ annotations })).repository?.changesUrl).toBe(
      changesUrl,
    );
  });
});
