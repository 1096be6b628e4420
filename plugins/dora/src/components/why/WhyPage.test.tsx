import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock, EXPLAINED, REF } from '../../__testUtils__/facts';
import { address, render } from '../../__testUtils__/render';
import { WhyPage } from './WhyPage';

const PATH = `/?component=${encodeURIComponent(REF)}`;

describe('WhyPage', () => {
  it('says what counts, who says so, and what became of each event', async () => {
    render(<WhyPage />, { api: apiMock(), path: PATH });
    const rules = await screen.findByRole('region', {
      name: 'What counts here',
    });
    expect(rules).toHaveTextContent(
      'Events of git.example/tidewater/basket-service, in the folder basket; incidents of PD-basket.',
    );
    expect(rules).toHaveTextContent(
      /live, live-\*Team checkout, annotation waymark.dev\/dora-production-environments/,
    );
    expect(rules).toHaveTextContent(
      'The default; dora.incidents.severities is not set',
    );
    const events = within(screen.getByRole('list', { name: 'Events' }));
    const [first] = events.getAllByRole('listitem');
    expect(first).toHaveTextContent(
      /^Not countedDeployment of 1234567 to staging .*staging is not production, because/,
    );
    expect(
      events.getByRole('link', { name: 'Deployment of 1234567 to staging' }),
    ).toHaveAttribute('href', EXPLAINED.items[0].url);
    // An address that runs a script is none.
    expect(events.getAllByRole('link')).toHaveLength(1);
  });

  it('is narrowed by what happened and what it came to, and pages on', async () => {
    const api = apiMock();
    render(<WhyPage />, { api, path: PATH });
    await userEvent.click(
      await screen.findByRole('button', { name: /Counted/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'Not counted (1)' }),
    );
    expect(address().get('outcome')).toBe('not-counted');
    expect(api.explain).toHaveBeenLastCalledWith(
      expect.objectContaining({ entityRef: REF, outcome: 'not-counted' }),
    );
    api.explain.mockReturnValueOnce(new Promise(() => {}));
    await userEvent.click(await screen.findByRole('button', { name: 'Older' }));
    expect(api.explain).toHaveBeenLastCalledWith(
      expect.objectContaining({ cursor: EXPLAINED.next }),
    );
    // What is known stays while the next page is loaded.
    expect(
      screen.getByRole('region', { name: 'What counts here' }),
    ).toBeVisible();
    expect(screen.queryByRole('list', { name: 'Events' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Latest' }));
    expect(address().get('before')).toBeNull();
    expect(await screen.findByRole('list', { name: 'Events' })).toBeVisible();
  });

  it('shows what does not hold, what fails, and asks whose', async () => {
    const api = apiMock();
    api.explain.mockResolvedValue({
      ...EXPLAINED,
      problems: ['waymark.dev/dora-deployments of x does not hold'],
      items: [],
    });
    const { unmount } = await render(<WhyPage />, { api, path: PATH });
    expect(await screen.findByText(/of x does not hold/)).toBeVisible();
    expect(screen.getByText('There are none')).toBeVisible();
    unmount();

    api.explain.mockRejectedValue(new Error('It has not been looked at yet'));
    const next = await render(<WhyPage />, { api, path: PATH });
    expect(
      await screen.findByText(/It has not been looked at yet/),
    ).toBeVisible();
    next.unmount();

    render(<WhyPage />, { api });
    expect(await screen.findByText('Of which component?')).toBeVisible();
  });
});
