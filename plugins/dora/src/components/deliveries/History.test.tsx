import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock, BACKFILLS } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { History } from './History';

describe('History', () => {
  it('says how far each is and why one is not, and fetches one again when asked twice', async () => {
    const api = apiMock();
    render(<History />, { api });
    const [failed, running, waiting, done] = within(
      await screen.findByRole('list', { name: 'Histories' }),
    ).getAllByRole('listitem');
    expect(failed).toHaveTextContent(
      "Could not be fetched: The portal's token",
    );
    expect(running).toHaveTextContent(
      'Being fetched: pull requests, back to 1 Oct 2026',
    );
    expect(running).toHaveTextContent('1,200 events, 900 new');
    expect(waiting).toHaveTextContent(
      /Goes on at .*2999.*: Too many questions/,
    );
    expect(within(waiting).queryByRole('button')).not.toBeInTheDocument();
    expect(done).toHaveTextContent('Fetched back to 25 May 2026');
    expect(
      screen.getByText('1 of 4 repositories fetched, 1 could not be'),
    ).toBeVisible();

    await userEvent.click(within(failed).getByRole('button'));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('tidewater/basket again?');
    expect(api.startBackfill).not.toHaveBeenCalled();
    api.startBackfill.mockRejectedValueOnce(new Error('not now'));
    const again = within(dialog).getByRole('button', { name: 'Fetch again' });
    await userEvent.click(again);
    expect(await screen.findByText('not now')).toBeVisible();
    const before = api.getBackfills.mock.calls.length;
    await userEvent.click(again);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(api.startBackfill).toHaveBeenLastCalledWith(
      'git.example.com/tidewater/basket',
    );
    expect(api.getBackfills.mock.calls.length).toBeGreaterThan(before);
  });

  it('goes on to further repositories, and fetches all', async () => {
    const api = apiMock();
    api.getBackfills.mockResolvedValue({ ...BACKFILLS, next: '5' });
    render(<History />, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Further repositories' }),
    );
    await waitFor(() =>
      expect(api.getBackfills).toHaveBeenLastCalledWith({
        limit: 5,
        cursor: '5',
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Fetch all again' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Fetch again',
      }),
    );
    expect(api.startBackfill).toHaveBeenLastCalledWith(undefined);
  });

  it('says so where there is nothing to fetch', async () => {
    const api = apiMock();
    const none = { waiting: 0, running: 0, done: 0, failed: 0 };
    const empty = { items: [], counts: none, days: 0 };
    api.getBackfills.mockResolvedValue(empty);
    render(<History />, { api });
    expect(await screen.findByText('No history is fetched')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
