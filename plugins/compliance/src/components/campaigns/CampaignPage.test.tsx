import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Campaign, Rule } from '@waymark/backstage-plugin-compliance-common';
import { campaignOf, campaignPageOf } from '../../__testUtils__/campaigns';
import { apiMock, RULES } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { CampaignsPage } from './CampaignsPage';

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));
const press = (name: string) =>
  userEvent.click(screen.getByRole('button', { name }));
const dialog = async () => within(await screen.findByRole('dialog'));

function show(path: string, campaign?: Campaign) {
  const api = apiMock();
  if (campaign) api.getCampaign.mockResolvedValue(campaignPageOf(campaign));
  render(<CampaignsPage />, { api, path });
  return api;
}

/** Makes the rule one on trial that fails for four. */
const onTrial = (api: ReturnType<typeof apiMock>, id: string) =>
  api.getRules.mockResolvedValue({
    revision: 'r1',
    rules: RULES.map((rule: Rule) => ({
      ...rule,
      ...(rule.id === id && { trial: true }),
      outcomes: {
        pass: 1,
        fail: 4,
        unknown: 0,
        exempt: 0,
        'not-applicable': 0,
      },
    })),
  });

// jsdom lays nothing out.
Element.prototype.scrollIntoView = jest.fn();

describe('CampaignPage', () => {
  it('says what it asks, how it goes and what each has left', async () => {
    const api = show('/c1');
    const about = await region('No secrets by winter');
    expect(about.getByText('two nights').tagName).toBe('STRONG');
    expect(about.getByText(/1 of 3 components are done/)).toHaveTextContent(
      '1 check has no answer yet',
    );
    expect(about.getByRole('link', { name: 'checkout' })).toBeVisible();

    expect(
      (await region('How it goes')).getByRole('img', {
        name: /^Checks done: 1 of 6 on .*, 3 of 6 on .*needed; all by /,
      }),
    ).toBeInTheDocument();

    const owners = (await region('By owner')).getAllByRole('row').slice(1);
    expect(owners.map(row => row.textContent)).toEqual([
      'Checkout0 of 11 of 2 (50 %)',
      'No team0 of 11 of 2 (50 %)',
      'Search1 of 12 of 2 (100 %)',
    ]);
    expect(
      (await region('By rule')).getByRole('link', { name: /No secret/ }),
    ).toHaveAttribute('href', '/compliance/rules/no-secret');

    const left = await region('What is left');
    expect(
      await left.findByRole('link', { name: 'There is a runbook' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/basket-service/compliance#runbook',
    );
    expect(api.getCampaignComponents).toHaveBeenLastCalledWith('c1', {
      open: true,
      owner: undefined,
      limit: 25,
      offset: 0,
    });
  });

  it('narrows what is left to an owner, and pages through it', async () => {
    const api = apiMock();
    const { items } = await api.getCampaignComponents('c1', {});
    api.getCampaignComponents.mockResolvedValue({ items, total: 60 });
    render(<CampaignsPage />, { api, path: '/c1?owner=none&page=2' });
    const left = await region('What is left');
    expect(await left.findByText('26 to 26 of 60')).toBeVisible();
    const asked = { open: true, owner: '', limit: 25 };
    expect(api.getCampaignComponents).toHaveBeenLastCalledWith('c1', {
      ...asked,
      offset: 25,
    });
    await press('Next');
    await waitFor(() =>
      expect(api.getCampaignComponents).toHaveBeenLastCalledWith('c1', {
        ...asked,
        offset: 50,
      }),
    );
  });

  it('says who will be told before it starts, and why it does not', async () => {
    const api = show('/c2');
    await region('Runbooks for all');
    await press('Start');
    const asking = await dialog();
    expect(asking.getByText(/^1 owner has something left/)).toBeVisible();
    expect(asking.getByRole('listitem')).toHaveTextContent(
      'Checkout, 1 component',
    );
    expect(
      asking.getByText('Of 1 component nobody is told: there is no owner.'),
    ).toBeVisible();
    expect(api.setCampaignState).not.toHaveBeenCalled();

    api.setCampaignState.mockRejectedValueOnce(new Error('deadline is over'));
    await userEvent.click(asking.getByRole('button', { name: 'Start' }));
    expect(await asking.findByText('deadline is over')).toBeVisible();
    await userEvent.click(asking.getByRole('button', { name: 'Start' }));
    await waitFor(() => expect(api.getCampaign).toHaveBeenCalledTimes(2));
    expect(api.setCampaignState).toHaveBeenLastCalledWith('c2', {
      state: 'running',
      promote: false,
    });
  });

  it('deletes a draft only when asked twice', async () => {
    const api = show('/c2');
    await region('Runbooks for all');
    await press('Delete draft');
    const asking = await dialog();
    await userEvent.click(asking.getByRole('button', { name: 'Leave it' }));
    expect(api.deleteCampaign).not.toHaveBeenCalled();
    await press('Delete draft');
    await userEvent.click(
      (await dialog()).getByRole('button', { name: 'Delete' }),
    );
    await waitFor(() => expect(api.deleteCampaign).toHaveBeenCalledWith('c2'));
  });

  it('makes rules on trial count at its end only where that was chosen', async () => {
    const api = apiMock();
    onTrial(api, 'runbook');
    render(<CampaignsPage />, { api, path: '/c1' });
    await region('No secrets by winter');
    await press('End');
    const asking = await dialog();
    const end = asking.getByRole('button', { name: 'End campaign' });
    await userEvent.click(end);
    expect(asking.getByText('Choose one of the two.')).toBeVisible();
    expect(api.setCampaignState).not.toHaveBeenCalled();

    await userEvent.click(
      asking.getByRole('radio', { name: 'Count from now on' }),
    );
    expect(
      asking.getByText(
        '“There is a runbook” counts 5 points: 4 components that fail it score lower.',
      ),
    ).toBeVisible();
    await userEvent.click(end);
    await waitFor(() =>
      expect(api.setCampaignState).toHaveBeenCalledWith('c1', {
        state: 'done',
        promote: true,
      }),
    );
  });

  it('reminds owners once a day', async () => {
    const api = show('/c1');
    await region('No secrets by winter');
    await press('Remind owners');
    api.getCampaign.mockResolvedValue(
      campaignPageOf(campaignOf({ remindedAt: new Date().toISOString() })),
    );
    await userEvent.click(
      (await dialog()).getByRole('button', { name: 'Remind' }),
    );
    expect(await screen.findByText('2 owners were reminded')).toBeVisible();
    expect(
      await screen.findByText(/Owners were told today already/),
    ).toBeVisible();
    expect(
      screen.getByRole('button', { name: 'Remind owners' }),
    ).toBeDisabled();
  });

  it('keeps what ended, and knows none that is not there', async () => {
    show(
      '/c1',
      campaignOf({
        state: 'done',
        endedAt: '2026-11-20T09:00:00Z',
        endedBy: 'user:default/maya',
        promoted: ['runbook'],
      }),
    );
    const about = await region('No secrets by winter');
    expect(about.getByText('1 rule counts since its end')).toBeVisible();
    expect(about.getByText('There is a runbook')).toBeVisible();
    expect(about.queryByRole('button')).not.toBeInTheDocument();
    show('/gone');
    expect(await screen.findByText('There is no such campaign')).toBeVisible();
  });
});
