import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock, NO_FACTS, REPOSITORY } from '../../__testUtils__/facts';
import { address, render } from '../../__testUtils__/render';
import { OverviewPage } from './OverviewPage';

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));

// jsdom lays nothing out.
Element.prototype.scrollIntoView = jest.fn();

describe('OverviewPage', () => {
  it('shows each of the five with what it rests on, and leads to it', async () => {
    render(<OverviewPage />, { api: apiMock(), path: '/?days=30' });
    const rate = await region('Change fail rate');
    expect(rate.getByText('1 of 4 deployments')).toBeVisible();
    expect(rate.getByRole('link', { name: '25\u00a0%' })).toHaveAttribute(
      'href',
      '/?days=30&list=deployments&counted=failed#events',
    );
    const lead = await region('Change lead time');
    expect(lead.getByRole('link', { name: '1 day' })).toHaveAttribute(
      'href',
      '/?days=30&list=changes&counted=lead-time#events',
    );
    expect(lead.getByText('from 1 change')).toBeVisible();
    expect(lead.getByText('No data for the 30 days before')).toBeVisible();
    const recovery = await region('Failed deployment recovery time');
    expect(recovery.getByRole('link', { name: '2 hours' })).toBeVisible();
  });

  it('asks for what the address says, and writes into it what is chosen', async () => {
    const api = apiMock();
    render(<OverviewPage />, {
      api,
      path: '/?from=2026-11-01&to=2026-11-20&timeZone=Europe/Berlin&interval=bogus&owner=group:default/checkout&system=x',
    });
    await region('Change fail rate');
    // The narrower one; the last day belongs to it.
    expect(api.getMetrics).toHaveBeenLastCalledWith({
      system: 'x',
      from: '2026-11-01',
      to: '2026-11-21',
      timeZone: 'Europe/Berlin',
      interval: 'day',
      bots: 'apart',
    });
    await userEvent.click(screen.getByRole('button', { name: /Made from/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Golden paths' }),
    );
    await waitFor(() =>
      expect(api.getMetrics).toHaveBeenLastCalledWith(
        expect.objectContaining({ cohort: 'golden-path' }),
      ),
    );
    expect(address().get('cohort')).toBe('golden-path');
    expect(address().get('owner')).toBeNull();
    expect(address().get('system')).toBeNull();
  });

  it('says "no data" with the reason and the webhook to add, and never zero', async () => {
    render(<OverviewPage />, { api: apiMock(NO_FACTS) });
    const rate = await region('Change fail rate');
    expect(rate.getByText('No data')).toBeVisible();
    expect(
      rate.getByText('No deployment to production finished in this time.'),
    ).toBeVisible();
    const missing = await region('What is missing');
    expect(
      await missing.findByText(
        'https://portal.example/api/dora/webhooks/github',
      ),
    ).toBeVisible();
    expect(
      await missing.findByText('Could not be read: body: is no push'),
    ).toBeVisible();
    expect(
      await missing.findByRole('link', { name: 'How to connect Argo CD' }),
    ).toHaveAttribute('href', '/docs/default/component/platform/dora/argocd');
    expect(screen.queryByText(/^0/)).not.toBeInTheDocument();
    expect(
      screen.queryByRole('region', { name: /^Deployments by/ }),
    ).not.toBeInTheDocument();
  });

  it('lists the events that were counted, with links that are safe', async () => {
    const api = apiMock();
    render(<OverviewPage />, {
      api,
      path: '/?list=deployments&counted=failed',
    });
    const events = await region('Events behind the numbers');
    expect(
      await events.findByText('Caused an incident, over after 2 hours'),
    ).toBeVisible();
    expect(api.getDeployments).toHaveBeenLastCalledWith(
      expect.objectContaining({ counted: 'failed' }),
    );
    expect(
      await events.findByRole('link', { name: '2aaaaaa' }),
    ).toHaveAttribute('href', expect.stringContaining(`${REPOSITORY}/commit/`));
    await userEvent.click(events.getByRole('radio', { name: 'Incidents' }));
    expect(await events.findByText('Baskets are empty')).toBeVisible();
    expect(
      events.queryByRole('link', { name: 'Baskets are empty' }),
    ).not.toBeInTheDocument();
  });

  it('lists the changes of those whose lead time is shown', async () => {
    const api = apiMock();
    render(<OverviewPage />, {
      api,
      path: '/?list=changes&counted=lead-time&bots=with',
    });
    await waitFor(() =>
      expect(api.getChanges).toHaveBeenLastCalledWith(
        expect.objectContaining({ counted: 'lead-time', bots: 'with' }),
      ),
    );
  });

  it('shows further events as they are asked for', async () => {
    const api = apiMock();
    const all = await api.getDeployments({ from: '', to: '', timeZone: '' });
    api.getDeployments.mockImplementation(async ({ cursor }) =>
      cursor
        ? { items: all.items.slice(1), total: 4 }
        : { items: all.items.slice(0, 2), total: 4, next: 'c1' },
    );
    render(<OverviewPage />, { api });
    const events = await region('Events behind the numbers');
    expect(await events.findByText(/^2 of 4/)).toBeVisible();
    await userEvent.click(events.getByRole('button', { name: 'Show more' }));
    expect(await events.findByText(/^4 of 4/)).toBeVisible();
    expect(events.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('has the numbers of each chart as a table that leads to the events', async () => {
    render(<OverviewPage />, { api: apiMock() });
    const chart = await region('Deployments by week');
    await userEvent.click(chart.getByText('Numbers'));
    const row = chart.getByRole('row', { name: /^9\s–\s15 Nov 2026/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['1', '1', '0']);
    expect(within(row).getByRole('link')).toHaveAttribute(
      'href',
      expect.stringContaining('since=2026-11-09'),
    );
  });

  it('names the year of a report, and what a value lies in', async () => {
    render(<OverviewPage />, { api: apiMock() });
    const table = within(
      await screen.findByRole('region', { name: 'Clusters of 2024' }),
    );
    const row = table.getByRole('row', { name: /^Failed deployment recovery/ });
    expect(row).toHaveTextContent('2 hours');
    expect(within(row).getAllByText('the value here lies in it')).toHaveLength(
      2,
    );
  });

  it('says what failed', async () => {
    const api = apiMock();
    api.getMetrics.mockRejectedValue(new Error('down'));
    render(<OverviewPage />, { api });
    expect(
      await screen.findByText('Could not load the delivery metrics'),
    ).toBeVisible();
  });
});
