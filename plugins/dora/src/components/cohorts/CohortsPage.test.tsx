import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { SELECTION_BIAS } from '@waymark/backstage-plugin-dora-common';
import { apiMock, cohortsOf, FACTS, NO_FACTS } from '../../__testUtils__/facts';
import { address, render } from '../../__testUtils__/render';
import { CohortsPage } from './CohortsPage';

describe('CohortsPage', () => {
  it('puts golden path and bespoke side by side, with what speaks against it', async () => {
    const api = apiMock();
    api.getCohorts.mockResolvedValue(
      cohortsOf({ bespoke: NO_FACTS, 'golden-path': FACTS }),
    );
    render(<CohortsPage />, { api });
    expect(await screen.findByText(SELECTION_BIAS)).toBeVisible();
    const [bespoke, golden] = within(
      screen.getByRole('list', { name: 'Cohorts' }),
    ).getAllByRole('listitem');
    expect(within(bespoke).getAllByText('No data')).toHaveLength(5);
    expect(within(golden).getByRole('heading')).toHaveTextContent(
      'Golden path',
    );
    expect(golden).toHaveTextContent(
      '1 component, half of them older than 200 days',
    );
    expect(golden).toHaveTextContent('Too few to compare');
    expect(golden).toHaveTextContent('Change lead time1 dayfrom 1 change');

    await userEvent.click(screen.getByRole('button', { name: /By$/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'Tier' }));
    await waitFor(() =>
      expect(api.getCohorts).toHaveBeenLastCalledWith(
        expect.objectContaining({ by: 'tier' }),
      ),
    );
    expect(address().get('by')).toBe('tier');
  });

  it('says so where there is nothing to compare with', async () => {
    const api = apiMock();
    api.getCohorts.mockResolvedValue(cohortsOf({ bespoke: FACTS }));
    render(<CohortsPage />, { api });
    expect(
      await screen.findByText(/no component was made on a golden path/),
    ).toBeVisible();
  });
});
