import { screen } from '@testing-library/react';
import { apiMock } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { DeliveriesPage } from './DeliveriesPage';

// In a file of its own: what was allowed once is remembered.
it('asks for nothing that may not be seen', async () => {
  const api = apiMock();
  render(<DeliveriesPage />, { api, denied: ['dora.ingest.manage'] });
  expect(
    await screen.findByText('You may not see the deliveries'),
  ).toBeVisible();
  expect(api.getDeliveries).not.toHaveBeenCalled();
});
