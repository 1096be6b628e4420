import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { campaignOf } from '../../__testUtils__/campaigns';
import { apiMock, entity, REF, RULES } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { ComplianceTab } from './ComplianceTab';

const tab = (
  <EntityProvider entity={entity}>
    <ComplianceTab />
  </EntityProvider>
);
const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));

const HELD = {
  id: 'e1',
  entityRef: REF,
  rule: 'runbook',
  reason: 'It ends in spring',
  until: '2027-03-01',
  state: 'approved' as const,
  requestedBy: 'user:default/jonas',
  requestedAt: '2026-11-20T09:00:00Z',
};

// jsdom lays nothing out.
Element.prototype.scrollIntoView = jest.fn();

describe('campaigns on the tab', () => {
  it('shows what those that reach the component still ask of it', async () => {
    const api = apiMock();
    const nobody = { owners: [], systems: [], lifecycles: [] };
    api.getCampaigns.mockResolvedValue([
      campaignOf({ rules: ['no-secret', 'reviewed', 'runbook', 'pipeline'] }),
      campaignOf({ id: 'x1', title: 'Done here', rules: ['pipeline'] }),
      campaignOf({
        id: 'x2',
        title: 'Another lifecycle',
        scope: { ...nobody, lifecycles: ['experimental'] },
      }),
      campaignOf({
        id: 'x3',
        title: 'Another system',
        scope: { ...nobody, systems: ['system:default/shop'] },
      }),
    ]);
    render(tab, { api });
    const campaigns = await region('Campaigns');
    expect(campaigns.getByText(/asks for these 2 until/)).toBeVisible();
    expect(
      campaigns.getAllByRole('link').map(link => link.textContent),
    ).toEqual([
      'No secrets by winter',
      'No secret in the repository',
      'Changes are reviewed',
    ]);
    expect(api.getCampaigns).toHaveBeenCalledWith({ state: 'running' });
  });

  it('marks a rule on trial, and leaves it out of what counts', async () => {
    const api = apiMock();
    api.getRules.mockResolvedValue({
      revision: 'r1',
      rules: RULES.map(rule => ({
        ...rule,
        ...(rule.id === 'no-secret' && { trial: true }),
        outcomes: {} as never,
      })),
    });
    render(tab, { api });
    const first = await region('What to fix first');
    expect(first.queryByText('No secret in the repository')).toBeNull();
    const security = await region('Security');
    await userEvent.click(
      security.getByRole('button', { name: /No secret.*On trial.*Fails/ }),
    );
    expect(security.getByText(/no score or level counts it/)).toBeVisible();
    expect(security.getByText('Critical, no points yet')).toBeVisible();
  });
});

describe('ending an exemption', () => {
  async function open(groups?: string[]) {
    const api = apiMock();
    api.getExemptions.mockResolvedValue([HELD]);
    render(tab, { api, groups });
    const docs = await region('Ownership and docs');
    await userEvent.click(docs.getByRole('button', { name: /runbook/ }));
    return { api, docs };
  }

  it('is for the owners of the component', async () => {
    const { api, docs } = await open();
    await userEvent.click(
      await docs.findByRole('button', { name: 'End the exemption' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'End it now' }));
    expect(
      await screen.findByText('Exemption ended: There is a runbook'),
    ).toBeVisible();
    expect(api.decideExemption).toHaveBeenCalledWith('e1', 'end', '');
    await waitFor(() =>
      expect(
        docs.queryByRole('button', { name: 'End the exemption' }),
      ).toBeNull(),
    );
  });

  it('is not offered to others', async () => {
    const { api, docs } = await open(['group:default/others']);
    expect(docs.getByText(/^Exempt up to/)).toBeVisible();
    expect(
      docs.queryByRole('button', { name: 'End the exemption' }),
    ).toBeNull();
    expect(api.getExemptions).not.toHaveBeenCalled();
  });
});
