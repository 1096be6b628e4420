import { useLocation } from 'react-router-dom';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock, summaryOf } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { CompanyPage } from './CompanyPage';
import { componentQuery } from './componentQuery';
import { heatMapCsv } from './heatMapCsv';

const Address = () => <output>{useLocation().search}</output>;
const page = (
  <>
    <CompanyPage />
    <Address />
  </>
);
const address = () =>
  new URLSearchParams(
    screen.getByRole('status', { name: '' }).textContent ?? '',
  );

// jsdom lays nothing out.
Element.prototype.scrollIntoView = jest.fn();

describe('CompanyPage', () => {
  it('narrows a track to a level', async () => {
    const api = apiMock();
    render(page, { api, path: '/?track=security&page=2' });
    const filters = within(
      await screen.findByRole('search', { name: 'Components' }),
    );
    await userEvent.click(filters.getByRole('button', { name: /Level/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Silver' }),
    );
    await waitFor(() =>
      expect(api.getComponents).toHaveBeenLastCalledWith(
        expect.objectContaining({
          track: 'security',
          level: 'silver',
          offset: 0,
        }),
      ),
    );
  });

  it('shows the score of all, its sum and its change', async () => {
    render(page, { api: apiMock() });
    const all = within(await screen.findByRole('region', { name: 'Score' }));
    expect(await all.findByText('Up 5 since last week')).toBeVisible();
    expect(all.getByText('5 of 20 points, over 4 components')).toBeVisible();
  });

  it('has a heat map whose numbers lead to the components', async () => {
    render(page, { api: apiMock() });
    const map = within(
      await screen.findByRole('grid', { name: 'Scores of teams' }),
    );
    // Lowest first.
    expect(map.getAllByRole('rowheader').map(head => head.textContent)).toEqual(
      ['No team2 components', 'Checkout2 components'],
    );
    const [, security] = map.getAllByRole('link', { name: '80' });
    expect(security).toHaveAttribute(
      'href',
      '/compliance/overview?owner=group%3Adefault%2Fcheckout&track=security#components',
    );
    await userEvent.click(screen.getByRole('radio', { name: 'Systems' }));
    expect(
      await screen.findByRole('grid', { name: 'Scores of systems' }),
    ).toBeVisible();
  });

  it('lists what the address asks for, and writes into it what is chosen', async () => {
    const api = apiMock();
    render(page, {
      api,
      path: '/?track=security&owner=none&rule=no-secret&page=2&sort=bogus',
    });
    const name = await screen.findByRole('link', { name: 'Basket' });
    expect(name).toHaveAttribute(
      'href',
      '/catalog/default/component/basket-service/compliance',
    );
    expect(api.getComponents).toHaveBeenLastCalledWith(
      expect.objectContaining({
        track: 'security',
        owner: '',
        rule: 'no-secret',
        sort: 'score',
        offset: 25,
      }),
    );
    await userEvent.type(screen.getByRole('searchbox', { name: 'Name' }), 'ba');
    await waitFor(() =>
      expect(api.getComponents).toHaveBeenLastCalledWith(
        expect.objectContaining({ search: 'ba', offset: 0 }),
      ),
    );
    expect(address().get('search')).toBe('ba');
    expect(address().get('page')).toBeNull();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() =>
      expect(api.getComponents).toHaveBeenLastCalledWith(
        expect.objectContaining({ track: undefined, search: undefined }),
      ),
    );
  });

  it('says that nothing fits, and what failed', async () => {
    const api = apiMock();
    api.getComponents.mockResolvedValue({ items: [], total: 0 });
    api.getSummary.mockRejectedValue(new Error('down'));
    render(page, { api });
    expect(await screen.findByText('No component fits')).toBeVisible();
    expect(screen.getByText('Could not load the scores')).toBeVisible();
  });
});

describe('componentQuery', () => {
  it('leaves out what nobody can ask for', () => {
    expect(
      componentQuery({ track: 'x', level: 'gold', outcome: 'y', page: '-3' }),
    ).toMatchObject({
      track: undefined,
      level: undefined,
      outcome: undefined,
      offset: 0,
    });
  });
});

describe('heatMapCsv', () => {
  it('has a row for each group, empty where there is no data', () => {
    expect(
      heatMapCsv(summaryOf('owner').groups, 'owner').split('\r\n'),
    ).toEqual([
      'Team,Reference,Components,Score,Score a week ago,Ownership and docs,Kubernetes,Delivery,Reliability,Security,Failing',
      'Checkout,group:default/checkout,2,80,50,,,,,80,3',
      'No team,,2,30,50,,,,,30,3',
      '',
    ]);
  });
});
