import { screen } from '@testing-library/react';
import { apiMock, REF } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { ExemptionsPage } from './ExemptionsPage';

// In a file of its own: what was allowed once is remembered.
it('offers no decision to those who may not take it', async () => {
  const api = apiMock();
  api.getExemptions.mockResolvedValue([
    {
      id: 'e1',
      entityRef: REF,
      rule: 'no-secret',
      reason: 'The new key store comes in spring.',
      until: '2027-03-01',
      state: 'requested',
      requestedBy: 'user:default/jonas',
      requestedAt: '2026-11-20T09:00:00Z',
    },
  ]);
  render(<ExemptionsPage />, {
    api,
    denied: ['compliance.exemption.decide'],
  });
  expect(await screen.findByText(/It would change the score/)).toBeVisible();
  for (const name of ['Approve', 'Deny']) {
    expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
  }
});
