import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { apiMock, entity } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { ComplianceTab } from './ComplianceTab';

// In a file of its own: what was allowed once is remembered.
it('offers nobody without the permission to ask for an exemption', async () => {
  render(
    <EntityProvider entity={entity}>
      <ComplianceTab />
    </EntityProvider>,
    { api: apiMock(), denied: ['compliance.exemption.request'] },
  );
  await userEvent.click(
    await screen.findByRole('button', { name: /No secret.*Fails/ }),
  );
  expect(screen.getByText('Fix no-secret')).toBeVisible();
  expect(
    screen.queryByRole('button', { name: 'Ask for an exemption' }),
  ).not.toBeInTheDocument();
});
