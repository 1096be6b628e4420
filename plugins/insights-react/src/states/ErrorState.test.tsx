import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { ErrorState } from './ErrorState';

describe('ErrorState', () => {
  it('says what failed and offers to try again', async () => {
    const onRetry = jest.fn();
    renderInTestApp(
      <ErrorState
        what="the basket"
        error={new Error('nope')}
        onRetry={onRetry}
      />,
    );
    expect(await screen.findByText('Could not load the basket')).toBeVisible();
    expect(screen.getByText('nope')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(onRetry).toHaveBeenCalledTimes(1);
  });

  it('tells a refusal from a failure', async () => {
    const refusal = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    renderInTestApp(
      <ErrorState what="the basket" error={refusal} onRetry={jest.fn()} />,
    );
    expect(await screen.findByText('You may not see the basket')).toBeVisible();
    expect(screen.queryByRole('button')).not.toBeInTheDocument();
  });
});
