import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
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

it('lets owners end what holds for their own components alone', async () => {
  const api = apiMock();
  const held = (id: string, entityRef: string) => ({
    id,
    entityRef,
    rule: 'no-secret',
    reason: 'The new key store comes in spring.',
    until: '2027-03-01',
    state: 'approved' as const,
    requestedBy: 'user:default/jonas',
    requestedAt: '2026-11-20T09:00:00Z',
  });
  api.getExemptions.mockResolvedValue([
    held('e1', REF),
    held('e2', 'component:default/others'),
  ]);
  render(<ExemptionsPage />, {
    api,
    denied: ['compliance.exemption.decide'],
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'End it now' }),
  );
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'End it now' }));
  expect(api.decideExemption).toHaveBeenCalledWith('e1', 'end', '');
});
