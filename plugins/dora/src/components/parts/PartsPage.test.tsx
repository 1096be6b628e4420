import { screen, within } from '@testing-library/react';
import { cohortsOf, apiMock, FACTS, NO_FACTS } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { SystemsPage, TeamsPage } from './PartsPage';

describe('TeamsPage', () => {
  it('has the five of each team with its history, and leads to its own', async () => {
    const api = apiMock();
    api.getCohorts.mockResolvedValue(
      cohortsOf({ '': NO_FACTS, 'group:default/checkout': FACTS }),
    );
    render(<TeamsPage />, { api, path: '/?days=30' });
    const teams = within(await screen.findByRole('list', { name: 'Teams' }));
    const [checkout, none] = teams.getAllByRole('listitem');
    expect(within(checkout).getByRole('link')).toHaveAttribute(
      'href',
      '/dora/overview?days=30&owner=group%3Adefault%2Fcheckout',
    );
    expect(checkout).toHaveTextContent('Fail rate25 %1 of 4 deployments');
    expect(
      await within(checkout).findByRole('img', {
        name: 'Change fail rate: from 0\u00a0% to 0\u00a0%',
      }),
    ).toBeVisible();
    expect(none).toHaveTextContent('No team');
    expect(within(none).getAllByText('No data')).toHaveLength(5);
    expect(api.getMetrics).toHaveBeenCalledTimes(1);
    expect(api.getMetrics).toHaveBeenCalledWith(
      expect.objectContaining({ owner: 'group:default/checkout' }),
    );
  });
});

describe('SystemsPage', () => {
  it('has the five of each system, and leads to its own', async () => {
    const api = apiMock();
    api.getCohorts.mockResolvedValue(
      cohortsOf({ '': NO_FACTS, 'system:default/payments': FACTS }),
    );
    render(<SystemsPage />, { api, path: '/?days=30' });
    const systems = within(
      await screen.findByRole('list', { name: 'Systems' }),
    );
    const [payments, none] = systems.getAllByRole('listitem');
    expect(within(payments).getByRole('link')).toHaveAttribute(
      'href',
      '/dora/overview?days=30&system=system%3Adefault%2Fpayments',
    );
    expect(payments).toHaveTextContent('Fail rate25 %1 of 4 deployments');
    expect(none).toHaveTextContent('No system');
    expect(api.getCohorts).toHaveBeenCalledWith(
      expect.objectContaining({ by: 'system' }),
    );
    expect(api.getMetrics).toHaveBeenCalledWith(
      expect.objectContaining({ system: 'system:default/payments' }),
    );
  });
});
