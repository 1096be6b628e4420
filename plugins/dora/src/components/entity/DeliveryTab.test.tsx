import { ReactElement } from 'react';
import { screen, within } from '@testing-library/react';
import { Entity } from '@backstage/catalog-model';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { apiMock, entity, NO_FACTS, REF } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { DeliveryCard } from './DeliveryCard';
import { DeliveryTab } from './DeliveryTab';

const on = (element: ReactElement, of: Entity = entity) => (
  <EntityProvider entity={of}>{element}</EntityProvider>
);

const TAB = '/catalog/default/component/basket-service/delivery';

describe('DeliveryTab', () => {
  it('is of the component, with where its time goes and what happened when', async () => {
    const api = apiMock();
    render(on(<DeliveryTab />), { api, path: '/?owner=group:default/x' });
    const stages = within(
      await screen.findByRole('region', { name: 'Where the lead time goes' }),
    );
    expect(stages.getByText('12 hours')).toBeVisible();
    expect(
      await screen.findByRole('img', {
        name: /^4 deployments and 1 incident;/,
      }),
    ).toBeVisible();
    for (const [query] of api.getMetrics.mock.calls) {
      expect(query).toMatchObject({ entityRef: REF });
      expect(query.owner).toBeUndefined();
    }
    const events = screen.getByRole('region', {
      name: 'Events behind the numbers',
    });
    expect(within(events).queryByText('Basket')).not.toBeInTheDocument();
  });
});

describe('DeliveryCard', () => {
  it('has the five, each a link into the tab, and the last deployments', async () => {
    const api = apiMock();
    render(on(<DeliveryCard />), { api });
    expect(await screen.findByRole('link', { name: '1 day' })).toHaveAttribute(
      'href',
      `${TAB}?list=changes&counted=lead-time#events`,
    );
    const card = screen.getByRole('region', {
      name: 'Delivery, last 90 days',
    });
    expect(card).toHaveTextContent('25 %1 of 4 deployments');
    expect(
      (await within(card).findAllByRole('listitem')).map(
        ({ textContent }) => textContent,
      )[1],
    ).toMatch(/^Succeeded .* production, Rollback$/);
  });

  it.each([
    ['System', 'system', 'system:default/shop'],
    ['Group', 'owner', 'group:default/shop'],
  ])('is of all components of a %s', async (kind, key, ref) => {
    const api = apiMock();
    const of = { ...entity, kind, metadata: { name: 'shop' } };
    render(on(<DeliveryCard />, of), { api });
    const all = `/dora/overview?${key}=${encodeURIComponent(ref)}`;
    expect(await screen.findByRole('link', { name: '1 day' })).toHaveAttribute(
      'href',
      `${all}&list=changes&counted=lead-time#events`,
    );
    expect(screen.getByRole('link', { name: 'All of it' })).toHaveAttribute(
      'href',
      all,
    );
    const card = screen.getByRole('region', { name: 'Delivery, last 90 days' });
    const [latest] = await within(card).findAllByRole('listitem');
    expect(latest).toHaveTextContent(/basket/i);
    for (const [query] of api.getMetrics.mock.calls) {
      expect(query).toMatchObject({ [key]: ref });
      expect(query.entityRef).toBeUndefined();
    }
  });

  it('says that there is no data, and leads to why', async () => {
    render(on(<DeliveryCard />), { api: apiMock(NO_FACTS) });
    expect(await screen.findAllByText('No data')).toHaveLength(5);
    expect(
      screen.getByRole('link', {
        name: 'Why there is no data, and what to do',
      }),
    ).toHaveAttribute('href', TAB);
  });
});
