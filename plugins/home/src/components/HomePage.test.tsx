import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { fetchApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import {
  NotificationsApi,
  notificationsApiRef,
} from '@backstage/plugin-notifications';
import {
  ScaffolderApi,
  scaffolderApiRef,
  ScaffolderTask,
} from '@backstage/plugin-scaffolder-react';
import { Commits } from '@waymark/backstage-plugin-home-common';
import {
  catalogRouteRef,
  createFromTemplateRouteRef,
  docsRouteRef,
  searchRouteRef,
  taskRouteRef,
} from '../routes';
import { HomePage } from './HomePage';

const entity = (
  kind: string,
  name: string,
  metadata: object,
  spec: Entity['spec'],
  owner?: string,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', ...metadata },
  spec,
  relations: owner ? [{ type: 'ownedBy', targetRef: owner }] : [],
});

const company = [
  entity('User', 'maya', {}, { profile: { displayName: 'Maya Okafor' } }),
  entity(
    'Group',
    'platform-engineering',
    { links: [{ url: 'https://chat.example', title: '#platform' }] },
    { profile: { displayName: 'Platform', email: 'platform@acme.example' } },
  ),
  entity(
    'Component',
    'basket-service',
    {
      title: 'Basket service',
      annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
      links: [{ url: '/docs/x/runbook', type: 'runbook' }],
    },
    { type: 'service', lifecycle: 'production' },
    'group:default/checkout',
  ),
  entity(
    'Component',
    'route-planner',
    { title: 'Route planner' },
    { type: 'service', lifecycle: 'production' },
    'group:default/delivery',
  ),
  entity('Template', 'node-api', { title: 'Node.js API' }, {}),
  entity(
    'Template',
    'old-api',
    {
      title: 'Old API',
      annotations: { 'waymark.dev/lifecycle': 'deprecated' },
    },
    {},
  ),
];

const task = {
  id: 'task-1',
  status: 'completed',
  createdAt: '2026-11-20T10:00:00.000Z',
  spec: {
    parameters: { name: 'delivery-quotes' },
    templateInfo: { entity: { metadata: { title: 'Node.js API' } } },
  },
} as unknown as ScaffolderTask;

const commit = {
  entityRef: 'component:default/basket-service',
  component: 'Basket service',
  sha: '0a1b',
  title: 'Round prices down',
  author: 'Jonas Lind',
  at: '2026-11-20T09:00:00Z',
  url: 'https://git.example/acme/basket-service/commit/0a1b',
};

function render(options: {
  entities: Entity[];
  commits?: Partial<Commits>;
  tasks?: ScaffolderTask[];
  listTasks?: ScaffolderApi['listTasks'];
}) {
  const { entities, tasks = [] } = options;
  const scaffolderApi = {
    listTasks: options.listTasks ?? (async () => ({ tasks })),
  } as unknown as ScaffolderApi;
  const notificationsApi = {
    getNotifications: async () => ({ notifications: [], totalCount: 0 }),
  } as unknown as NotificationsApi;
  const answer = { commits: [], unreadable: [], ...options.commits };
  const fetchApi = {
    fetch: async () => new Response(JSON.stringify(answer)),
  };
  return renderInTestApp(<HomePage />, {
    apis: [
      mockApis.discovery(),
      [fetchApiRef, fetchApi],
      mockApis.identity({
        userEntityRef: 'user:default/maya',
        ownershipEntityRefs: ['user:default/maya', 'group:default/checkout'],
      }),
      [catalogApiRef, catalogApiMock({ entities })],
      [scaffolderApiRef, scaffolderApi],
      [notificationsApiRef, notificationsApi],
    ],
    mountedRoutes: {
      '/catalog': catalogRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
      '/create/templates/:namespace/:templateName': createFromTemplateRouteRef,
      '/create/tasks/:taskId': taskRouteRef,
      '/docs': docsRouteRef,
      '/search': searchRouteRef,
    },
  });
}

const card = (name: string) => screen.findByRole('region', { name });

describe('HomePage', () => {
  it('greets and lists what one owns, with the ways into it', async () => {
    render({ entities: company });
    expect(
      await screen.findByRole('heading', { name: 'Hello, Maya' }),
    ).toBeVisible();
    const mine = within(await card('My services'));
    expect(
      await mine.findByRole('link', { name: 'Basket service' }),
    ).toHaveAttribute('href', '/catalog/default/component/basket-service');
    expect(
      mine.getByRole('link', { name: 'Runbook of Basket service' }),
    ).toHaveAttribute('href', '/docs/x/runbook');
    expect(mine.queryByText('Route planner')).toBeNull();
    expect(mine.getByRole('link', { name: 'All my services' })).toHaveAttribute(
      'href',
      '/catalog?filters[kind]=component&filters[user]=owned',
    );
  });

  it('offers golden paths that are not deprecated', async () => {
    render({ entities: company });
    const paths = within(await card('Start something new'));
    expect(
      await paths.findByRole('link', { name: 'Create from Node.js API' }),
    ).toHaveAttribute('href', '/create/templates/default/node-api');
    expect(paths.queryByText('Old API')).toBeNull();
  });

  it('says how to reach the platform team', async () => {
    render({ entities: company });
    const help = within(await card('Get help'));
    expect(await help.findByRole('link', { name: '#platform' })).toBeVisible();
    expect(
      help.getByRole('link', { name: 'platform@acme.example' }),
    ).toHaveAttribute('href', 'mailto:platform@acme.example');
  });

  it('lists what was made lately', async () => {
    render({ entities: company, tasks: [task] });
    const changes = within(await card('What changed lately'));
    expect(
      await changes.findByRole('link', {
        name: 'delivery-quotes made from Node.js API',
      }),
    ).toHaveAttribute('href', '/create/tasks/task-1');
  });

  it("lists commits in one's services among it, and what it lacks", async () => {
    render({
      entities: company,
      tasks: [task],
      commits: { commits: [commit], unreadable: ['component:default/cart'] },
    });
    const changes = within(await card('What changed lately'));
    expect(
      await changes.findByRole('link', {
        name: /^Basket service: Round prices down/,
      }),
    ).toHaveAttribute('href', commit.url);
    expect(changes.getByText(/Jonas Lind/)).toBeVisible();
    expect(
      changes.getAllByRole('listitem').map(row => row.textContent),
    ).toEqual([
      expect.stringContaining('delivery-quotes made'),
      expect.stringContaining('Round prices down'),
    ]);
    expect(changes.getByText(/Without the commits of cart/)).toBeVisible();
  });

  it('says in each card that there is nothing yet', async () => {
    render({ entities: [] });
    expect(
      await screen.findByText(/Neither you nor your teams own a service/),
    ).toBeVisible();
    expect(await screen.findByText('No golden paths yet')).toBeVisible();
    expect(await screen.findByText('Nothing yet')).toBeVisible();
    expect(
      await screen.findByText('No platform team in the catalog'),
    ).toBeVisible();
  });

  it('tries again what failed', async () => {
    const listTasks = jest
      .fn()
      .mockRejectedValueOnce(new Error('down'))
      .mockResolvedValue({ tasks: [task] });
    render({ entities: company, listTasks });
    const changes = within(await card('What changed lately'));
    expect(
      await changes.findByText('Could not load what changed'),
    ).toBeVisible();
    await userEvent.click(changes.getByRole('button', { name: 'Try again' }));
    expect(await changes.findByText(/delivery-quotes made/)).toBeVisible();
  });
});
