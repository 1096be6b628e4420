import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Exemption } from '@waymark/backstage-plugin-compliance-common';
import { apiMock, REF } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { ExemptionsPage } from './ExemptionsPage';

const exemption = (rest: Partial<Exemption>): Exemption => ({
  id: 'e1',
  entityRef: REF,
  rule: 'no-secret',
  reason: 'The new key store comes in spring.',
  until: '2027-03-01',
  state: 'requested',
  requestedBy: 'user:default/jonas',
  requestedAt: '2026-11-20T09:00:00Z',
  ...rest,
});

function show(exemptions: Exemption[]) {
  const api = apiMock();
  api.getExemptions.mockResolvedValue(exemptions);
  render(<ExemptionsPage />, { api });
  return api;
}

const section = async (name: string) =>
  within(await screen.findByRole('region', { name }));

describe('ExemptionsPage', () => {
  it('shows what an exemption would change, and approves it', async () => {
    const api = show([exemption({})]);
    const asked = await section('Asked for');
    expect(
      await asked.findByText(
        'It would change the score from 25 (5 of 20 points) to 50 (5 of 10 points), and Security from no level yet to bronze.',
      ),
    ).toBeVisible();
    await userEvent.click(asked.getByRole('button', { name: 'Approve' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Approve' }));
    await waitFor(() =>
      expect(api.decideExemption).toHaveBeenCalledWith('e1', 'approve', ''),
    );
    expect(api.getExemptions).toHaveBeenCalledTimes(2);
  });

  it('wants a word to those who are told no, and keeps the dialog on an error', async () => {
    const api = show([exemption({})]);
    const asked = await section('Asked for');
    await userEvent.click(asked.getByRole('button', { name: 'Deny' }));
    const dialog = within(await screen.findByRole('dialog'));
    const deny = dialog.getByRole('button', { name: 'Deny' });
    await userEvent.click(deny);
    expect(dialog.getByText('Say why.')).toBeVisible();
    expect(api.decideExemption).not.toHaveBeenCalled();

    api.decideExemption.mockRejectedValue(new Error('decided meanwhile'));
    await userEvent.type(dialog.getByRole('textbox'), 'Rotate it today');
    await userEvent.click(deny);
    expect(await dialog.findByText('decided meanwhile')).toBeVisible();
    expect(api.decideExemption).toHaveBeenCalledWith(
      'e1',
      'deny',
      'Rotate it today',
    );
  });

  it('offers nobody to approve their own request', async () => {
    show([exemption({ requestedBy: 'user:default/maya' })]);
    const asked = await section('Asked for');
    expect(
      await asked.findByText(/Somebody else has to approve/),
    ).toBeVisible();
    expect(
      asked.queryByRole('button', { name: 'Approve' }),
    ).not.toBeInTheDocument();
  });

  it('tells holding from ended, and is never empty', async () => {
    show([
      exemption({
        id: 'e2',
        rule: 'gone-rule',
        state: 'denied',
        decidedBy: 'user:default/maya',
        decidedAt: '2026-11-20T10:00:00Z',
        comment: 'Not this one',
      }),
    ]);
    const ended = await section('Ended');
    expect(ended.getByText('Denied')).toBeVisible();
    expect(ended.getByText('gone-rule')).toBeVisible();
    expect(ended.getByText(/Not this one/)).toBeVisible();
    expect((await section('Holding')).getByText('None holds.')).toBeVisible();
    expect(
      (await section('Asked for')).getByText('Nothing is asked for.'),
    ).toBeVisible();
  });
});
