import { screen, within } from '@testing-library/react';
import { campaignOf, DRAFT, TODAY } from '../../__testUtils__/campaigns';
import { apiMock } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { addDays } from '../../time';
import { CampaignsPage } from './CampaignsPage';

const rowOf = async (title: string) =>
  within((await screen.findByRole('link', { name: title })).closest('tr')!);

describe('CampaignList', () => {
  it('lists campaigns with state, deadline and progress', async () => {
    const api = apiMock();
    api.getCampaigns.mockResolvedValue([
      campaignOf(),
      campaignOf({ id: 'c3', title: 'Late', deadline: addDays(TODAY, -3) }),
      DRAFT,
    ]);
    render(<CampaignsPage />, { api });
    const first = await rowOf('No secrets by winter');
    expect(first.getByRole('link')).toHaveAttribute(
      'href',
      '/compliance/campaigns/c1',
    );
    expect(first.getByText('Running')).toBeVisible();
    expect(first.getByText(/in 12 days/)).toBeVisible();
    expect(first.getByText('3 of 6 (50 %)')).toBeVisible();
    expect(
      first.getByRole('img', {
        name: 'Checks done of No secrets by winter: Done 3, Unknown 1, Open 2',
      }),
    ).toBeInTheDocument();
    expect((await rowOf('Late')).getByText('overdue by 3 days')).toBeVisible();
    expect(screen.getByRole('link', { name: 'New campaign' })).toHaveAttribute(
      'href',
      '/compliance/campaigns/new',
    );
  });

  it('shows those in the state that the address names', async () => {
    const api = apiMock();
    api.getCampaigns.mockResolvedValue([campaignOf(), DRAFT]);
    const { unmount } = render(<CampaignsPage />, {
      api,
      path: '/?state=draft',
    });
    await rowOf('Runbooks for all');
    expect(screen.queryByText('No secrets by winter')).not.toBeInTheDocument();
    unmount();
    render(<CampaignsPage />, { api, path: '/?state=done' });
    expect(
      await screen.findByText('No campaign is in this state'),
    ).toBeVisible();
  });

  it('says what a campaign is where there is none', async () => {
    render(<CampaignsPage />, { api: apiMock() });
    expect(await screen.findByText('There is no campaign yet')).toBeVisible();
    expect(screen.getByRole('link', { name: 'New campaign' })).toBeVisible();
  });
});
