import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { DeliveriesPage } from './DeliveriesPage';

describe('DeliveriesPage', () => {
  it('says what came of each, and has one read again', async () => {
    const api = apiMock();
    render(<DeliveriesPage />, { api });
    const [broken, read] = within(
      await screen.findByRole('list', { name: 'Deliveries' }),
    ).getAllByRole('listitem');
    expect(broken).toHaveTextContent('Could not be read: body: is no push');
    expect(read).toHaveTextContent(/Read$/);
    expect(within(read).queryByRole('button')).not.toBeInTheDocument();

    api.replay.mockRejectedValueOnce(new Error('busy'));
    const again = within(broken).getByRole('button', {
      name: 'Read again: github push d-7',
    });
    await userEvent.click(again);
    expect(await screen.findByText('busy')).toBeVisible();
    const before = api.getDeliveries.mock.calls.length;
    await userEvent.click(again);
    await waitFor(() =>
      expect(api.getDeliveries.mock.calls.length).toBeGreaterThan(before),
    );
    expect(api.replay).toHaveBeenLastCalledWith('7');
    expect(screen.queryByText('busy')).not.toBeInTheDocument();
  });

  it('asks for what the address says', async () => {
    const api = apiMock();
    render(<DeliveriesPage />, { api, path: '/?state=quarantined&before=9' });
    await screen.findByText('Older webhooks');
    expect(api.getDeliveries).toHaveBeenLastCalledWith({
      state: 'quarantined',
      limit: 50,
      cursor: '9',
    });
  });
});
