import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { campaignOf, TODAY } from '../../__testUtils__/campaigns';
import { apiMock } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { addDays } from '../../time';
import { CampaignsPage } from './CampaignsPage';

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));
const press = (name: string) =>
  userEvent.click(screen.getByRole('button', { name }));

/** Types a day into the parts of the field. */
async function choose(day: string) {
  const [year, month, date] = day.split('-');
  for (const [name, text] of [
    [/^month/, month],
    [/^day/, date],
    [/^year/, year],
  ] as const) {
    await userEvent.click(screen.getByRole('spinbutton', { name }));
    await userEvent.keyboard(text);
  }
}

describe('CampaignForm', () => {
  it('finds rules, shows whom it reaches, and saves a draft', async () => {
    const api = apiMock();
    render(<CampaignsPage />, { api, path: '/new' });
    const asks = await region('What it asks');
    await press('Save draft');
    for (const problem of [/name of 3/, /Choose a rule/, /Choose the last/]) {
      expect(screen.getAllByText(problem)[0]).toBeVisible();
    }

    expect(
      asks.getByRole('checkbox', {
        name: /^No secret.*Security, fails for 1 component now/,
      }),
    ).toBeInTheDocument();
    await userEvent.type(asks.getByRole('searchbox'), 'secret');
    await userEvent.click(asks.getByRole('checkbox'));
    await userEvent.clear(asks.getByRole('searchbox'));
    await userEvent.type(asks.getByRole('searchbox'), 'runbook');
    await userEvent.click(asks.getByRole('checkbox'));
    const reached = await region('Whom it reaches now');
    expect(
      await reached.findByText(/^3 components of 3 owners, with 6 checks/),
    ).toHaveTextContent('3 are left to do.');
    const owners = { owners: [], systems: [], lifecycles: [] };
    expect(api.previewCampaign).toHaveBeenLastCalledWith({
      rules: ['no-secret', 'runbook'],
      scope: owners,
    });

    await userEvent.type(
      screen.getByRole('textbox', { name: 'Title' }),
      'Keys out',
    );
    await choose(addDays(TODAY, -1));
    await press('Save draft');
    expect(screen.getAllByText(/The last day is over/)[0]).toBeVisible();
    expect(api.createCampaign).not.toHaveBeenCalled();

    await choose(TODAY);
    api.createCampaign.mockRejectedValueOnce(new Error('no rule no-secret'));
    await press('Save draft');
    expect(await screen.findByText('no rule no-secret')).toBeVisible();
    expect(screen.getByRole('textbox', { name: 'Title' })).toHaveValue(
      'Keys out',
    );
    await press('Save draft');
    await waitFor(() => expect(api.createCampaign).toHaveBeenCalledTimes(2));
    expect(api.createCampaign).toHaveBeenLastCalledWith({
      title: 'Keys out',
      description: '',
      rules: ['no-secret', 'runbook'],
      scope: owners,
      deadline: TODAY,
    });
  });

  it('narrows whom it asks by what the catalog has', async () => {
    const api = apiMock();
    render(<CampaignsPage />, { api, path: '/c2/edit' });
    const whom = await region('Whom it asks');
    await userEvent.click(
      await whom.findByRole('button', { name: /Lifecycles/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'production' }),
    );
    await waitFor(() =>
      expect(api.previewCampaign).toHaveBeenLastCalledWith(
        expect.objectContaining({
          scope: {
            owners: ['group:default/checkout'],
            systems: [],
            lifecycles: ['production'],
          },
        }),
      ),
    );
  });

  it('leaves what one that runs asks as it is', async () => {
    const api = apiMock();
    render(<CampaignsPage />, { api, path: '/c1/edit' });
    const title = await screen.findByRole('textbox', { name: 'Title' });
    expect(
      screen.getByText('It runs: its rules and whom it asks stay as they are'),
    ).toBeVisible();
    expect(screen.queryByRole('checkbox')).not.toBeInTheDocument();
    await userEvent.type(title, '!');
    await press('Save');
    const { rules, scope, deadline, description } = campaignOf();
    await waitFor(() =>
      expect(api.updateCampaign).toHaveBeenCalledWith('c1', {
        title: 'No secrets by winter!',
        rules,
        scope,
        deadline,
        description,
      }),
    );
  });
});
