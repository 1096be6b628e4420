import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock, entity, OPENED, UPGRADE } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { OriginCard } from '../entity/OriginCard';

const card = (
  <EntityProvider entity={entity}>
    <OriginCard />
  </EntityProvider>
);

const ask = async () => {
  await userEvent.click(await screen.findByRole('button', { name: 'Upgrade' }));
  return within(await screen.findByRole('dialog'));
};

describe('the upgrade of a service', () => {
  it('is shown first, and opened as a pull request', async () => {
    const api = apiMock();
    render(card, { api });
    const dialog = await ask();
    expect(await dialog.findByText('Everything can be merged')).toBeVisible();
    expect(dialog.getByText('A better readme.')).toBeVisible();
    expect(api.createUpgrade).not.toHaveBeenCalled();

    api.getUpgrades.mockResolvedValue([OPENED]);
    await userEvent.click(
      dialog.getByRole('button', { name: 'Create pull request' }),
    );
    const link = await dialog.findByRole('link', {
      name: 'Look at the pull request',
    });
    expect(link).toHaveAttribute('href', OPENED.pullRequestUrl);
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByText(/upgrades it to 2.1.0/)).toBeVisible();
  });

  it('says on how many files somebody has to decide', async () => {
    const api = apiMock();
    api.previewUpgrade.mockResolvedValue({
      ...UPGRADE,
      conflicts: [{ path: 'README.md', kind: 'both', message: 'both' }],
    });
    render(card, { api });
    const dialog = await ask();
    expect(
      await dialog.findByText('Somebody has to decide on 1 file'),
    ).toBeVisible();
  });

  it('asks first what only the new version asks', async () => {
    const api = apiMock();
    api.previewUpgrade.mockResolvedValueOnce({
      ...UPGRADE,
      result: 'missing',
      missing: [{ name: 'heat', title: 'How hot', type: 'integer' }],
    });
    render(card, { api });
    const dialog = await ask();
    await userEvent.type(await dialog.findByLabelText('How hot'), '3');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Show the change' }),
    );
    expect(await dialog.findByText('Everything can be merged')).toBeVisible();
    expect(api.previewUpgrade).toHaveBeenLastCalledWith({
      entityRef: UPGRADE.entityRef,
      inputs: { heat: 3 },
    });
  });

  it('says why there is none', async () => {
    const api = apiMock();
    const refused = new Error('There is no record in the repository.');
    refused.name = 'ConflictError';
    api.previewUpgrade.mockRejectedValue(refused);
    render(card, { api });
    const dialog = await ask();
    expect(
      await dialog.findByText('No pull request can be offered'),
    ).toBeVisible();
    expect(dialog.getByText(refused.message)).toBeVisible();
    expect(
      dialog.queryByRole('button', { name: 'Create pull request' }),
    ).toBeNull();
  });
});
