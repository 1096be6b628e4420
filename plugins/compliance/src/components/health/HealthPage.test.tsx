import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { HealthPage } from './HealthPage';

describe('HealthPage', () => {
  it('says what is known, what failed and why, and looks again', async () => {
    const api = apiMock();
    render(<HealthPage />, { api });
    const delivery = within(
      await screen.findByRole('region', { name: 'Settings of the Git host' }),
    );
    expect(
      delivery.getByRole('img', { name: /Known 20, Failed 7$/ }),
    ).toBeInTheDocument();
    expect(delivery.getByText('The Git host answered 502.')).toBeVisible();
    expect(delivery.getByText('7 components')).toBeVisible();
    expect(
      screen.getByRole('region', { name: 'Catalog entry' }),
    ).toHaveTextContent('Nothing failed.');
    expect(screen.getByRole('region', { name: 'Checks' })).toHaveTextContent(
      /Components27Waiting to be checked2.*0123456789ab$/,
    );
    await userEvent.click(screen.getByRole('button', { name: 'Look again' }));
    expect(api.getHealth).toHaveBeenCalledTimes(2);
  });

  it('is refused to those who may not see all components', async () => {
    const api = apiMock();
    api.getHealth.mockRejectedValue(
      Object.assign(new Error('no'), { name: 'NotAllowedError' }),
    );
    render(<HealthPage />, { api });
    expect(
      await screen.findByText('You may not see the health of the checks'),
    ).toBeVisible();
  });
});
