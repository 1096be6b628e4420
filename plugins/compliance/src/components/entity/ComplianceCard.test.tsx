import { screen, within } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { apiMock, entity, reportOf } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { ComplianceCard } from './ComplianceCard';

const card = (
  <EntityProvider entity={entity}>
    <ComplianceCard />
  </EntityProvider>
);

describe('ComplianceCard', () => {
  it('has score, levels and the worst failing rules, each a link', async () => {
    render(card, { api: apiMock() });
    const fails = await screen.findByRole('list', {
      name: 'Worst failing rules',
    });
    expect(
      within(fails)
        .getAllByRole('link')
        .map(link => [link.textContent, link.getAttribute('href')]),
    ).toEqual([
      [
        'No secret in the repository',
        '/catalog/default/component/basket-service/compliance#no-secret',
      ],
      [
        'Base images are supported',
        '/catalog/default/component/basket-service/compliance#supported-image',
      ],
    ]);
    const region = screen.getByRole('region', { name: 'Compliance' });
    expect(region).toHaveTextContent('25of 100');
    expect(region).toHaveTextContent('DeliveryBronze');
    expect(region).not.toHaveTextContent('Kubernetes');
    expect(
      within(region).getByRole('link', { name: 'All rules' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/basket-service/compliance',
    );
  });

  it('says that nothing fails, and that nothing was checked', async () => {
    const api = apiMock();
    api.getReport.mockResolvedValue(reportOf({ verdicts: [] }));
    const { unmount } = render(card, { api });
    expect(await screen.findByText('Nothing fails.')).toBeVisible();
    unmount();
    api.getReport.mockResolvedValue(undefined);
    render(card, { api });
    expect(await screen.findByText('Not checked yet')).toBeVisible();
  });
});
