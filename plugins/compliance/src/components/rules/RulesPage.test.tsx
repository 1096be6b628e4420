import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { campaignOf } from '../../__testUtils__/campaigns';
import { apiMock } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { readmeText } from './readmeText';
import { RulesPage } from './RulesPage';

describe('RulesPage', () => {
  it('lists the rules of a track and with a text', async () => {
    render(<RulesPage />, { api: apiMock(), path: '/?track=security' });
    expect(
      await screen.findByRole('link', { name: 'No secret in the repository' }),
    ).toHaveAttribute('href', '/compliance/rules/no-secret');
    expect(screen.getByRole('region', { name: '2 rules' })).toBeVisible();
    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Text' }),
      'image',
    );
    expect(await screen.findByRole('region', { name: '1 rule' })).toBeVisible();
    await userEvent.type(screen.getByRole('searchbox'), ' of cake');
    expect(await screen.findByText('No rule fits')).toBeVisible();
  });

  it('says what a rule wants and for whom it fails', async () => {
    const api = apiMock();
    render(<RulesPage />, { api, path: '/no-secret' });
    const wants = within(
      await screen.findByRole('region', { name: 'What it wants' }),
    );
    expect(wants.getByText('Critical, 10 points')).toBeVisible();
    expect(await wants.findByText('More of no-secret.')).toBeVisible();
    const fails = await screen.findByRole('link', { name: 'Basket' });
    expect(fails).toHaveAttribute(
      'href',
      '/catalog/default/component/basket-service/compliance#no-secret',
    );
    expect(api.getRule).toHaveBeenCalledWith(
      'no-secret',
      expect.objectContaining({ outcome: 'fail' }),
    );
    expect(
      screen.getByRole('img', {
        name: 'Components by outcome: Passes 3, Fails 1, Does not apply 2',
      }),
    ).toBeInTheDocument();
  });

  it('says of a rule that it is on trial, or since when it counts', async () => {
    const api = apiMock();
    const { revision, rules } = await api.getRules();
    const [first, second, ...others] = rules;
    api.getRules.mockResolvedValue({
      revision,
      rules: [
        { ...first, trial: true },
        { ...second, trial: true, promotedAt: '2026-11-03T09:00:00Z' },
        ...others,
      ],
    });
    api.getCampaigns.mockResolvedValue([campaignOf()]);
    const list = render(<RulesPage />, { api });
    const link = await screen.findByRole('link', { name: first.title });
    const row = within(link.closest('tr')!);
    expect(row.getByText('On trial')).toBeVisible();
    expect(
      await row.findByRole('link', { name: 'No secrets by winter' }),
    ).toHaveAttribute('href', '/compliance/campaigns/c1');
    expect(screen.getAllByText('On trial')).toHaveLength(1);
    list.unmount();

    const page = render(<RulesPage />, { api, path: `/${first.id}` });
    expect(
      await screen.findByText(/no score or level counts it/),
    ).toBeVisible();
    expect(screen.getByText('Critical, no points yet')).toBeVisible();
    expect(await screen.findByText(/, running$/)).toBeVisible();
    page.unmount();

    render(<RulesPage />, { api, path: `/${second.id}` });
    expect(await screen.findByText(/before that it was on/)).toBeVisible();
    expect(screen.getByText('High, 5 points')).toBeVisible();
  });

  it('says that there is no such rule', async () => {
    render(<RulesPage />, { api: apiMock(), path: '/gone' });
    expect(await screen.findByText('There is no rule “gone”')).toBeVisible();
    expect(screen.getByRole('link', { name: 'All rules' })).toBeVisible();
  });
});

describe('readmeText', () => {
  it('leaves out what the page says already', () => {
    expect(
      readmeText('# A title\n\n`some-rule`, low\n\nText.\n\n# More\n'),
    ).toBe('Text.\n\n# More');
  });
});
