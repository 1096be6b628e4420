import { screen } from '@testing-library/react';
import { campaignOf } from '../../__testUtils__/campaigns';
import { apiMock } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { CampaignsPage } from './CampaignsPage';

// In a file of its own: what was allowed once is remembered.
it('offers those who may only read neither actions nor the form', async () => {
  const api = apiMock();
  api.getCampaigns.mockResolvedValue([campaignOf()]);
  const denied = ['compliance.campaign.manage'];
  const show = (path: string) =>
    render(<CampaignsPage />, { api, denied, path });

  const list = show('/');
  await screen.findByRole('link', { name: 'No secrets by winter' });
  expect(
    screen.queryByRole('link', { name: 'New campaign' }),
  ).not.toBeInTheDocument();
  list.unmount();

  const page = show('/c1');
  await screen.findByRole('region', { name: 'What is left' });
  for (const name of ['End', 'Remind owners', 'Cancel campaign']) {
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  }
  page.unmount();

  show('/new');
  expect(
    await screen.findByText('You may not make or change campaigns'),
  ).toBeVisible();
  expect(screen.queryByRole('textbox')).not.toBeInTheDocument();
  expect(api.getRules).toHaveBeenCalledTimes(1);
});
