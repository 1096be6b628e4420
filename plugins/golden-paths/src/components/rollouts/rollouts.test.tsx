import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock, DRIFT, UPGRADE } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { ROLLOUT_PAGE } from '../../__testUtils__/rollouts';
import { NewRolloutPage } from './NewRolloutPage';
import { RolloutList } from './RolloutList';
import { RolloutPage } from './RolloutPage';
import { rolloutCsv } from './rolloutWords';

const button = (name: string | RegExp) => screen.findByRole('button', { name });

describe('rollouts', () => {
  it('are listed with how far they are, and begun by those who may', async () => {
    render(<RolloutList />, { api: apiMock() });
    const link = await screen.findByRole('link', { name: 'Node.js API 2.1.0' });
    expect(link.getAttribute('href')).toContain(ROLLOUT_PAGE.rollout.id);
    expect(screen.getByText('Waiting, 4 services')).toBeVisible();
    expect(
      screen.getByRole('img', { name: /Merged 1, Open, with conflicts 1/ }),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'New rollout' })).toHaveAttribute(
      'href',
      '/golden-paths/rollouts/new',
    );
  });

  it('say what each service came to, and what they wait for', async () => {
    const api = apiMock();
    render(<RolloutPage />, { api });
    expect(
      await screen.findByText('Waiting: batch 1, of 10 each'),
    ).toBeVisible();
    expect(screen.getByText(/More of the batch failed/)).toBeVisible();
    const row = (name: string) =>
      screen
        .getAllByRole('link', { name })
        .at(-1)!
        .closest<HTMLElement>('[role=row], tr')!;
    expect(row('ledger')).toHaveTextContent('The repository is archived.');
    expect(row('rates')).toHaveTextContent('2 files to decide on');
    expect(
      within(row('quotes')).queryByRole('link', { name: 'Pull request #7' }),
    ).toBeVisible();

    await userEvent.click(await button('Retry 1 service'));
    const { id } = ROLLOUT_PAGE.rollout;
    expect(api.moveRollout).toHaveBeenLastCalledWith(id, 'retry');
    await userEvent.click(await button('Go on'));
    expect(api.moveRollout).toHaveBeenLastCalledWith(id, 'go-on');
  });

  it('are stopped only once that is confirmed', async () => {
    const api = apiMock();
    render(<RolloutPage />, { api });
    await userEvent.click(await button('Stop'));
    expect(api.moveRollout).not.toHaveBeenCalled();
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/1 service will be left out/)).toBeVisible();
    await userEvent.click(dialog.getByRole('button', { name: 'Stop it' }));
    expect(api.moveRollout).toHaveBeenCalledWith(expect.anything(), 'stop');
  });

  it('begin with a service that is looked at before', async () => {
    const api = apiMock();
    const [quotes, rates] = DRIFT.items;
    const snooze = {
      entityRef: rates.entityRef,
      version: '2.1.0',
      reason: 'The sale is next week',
      until: '2026-12-31',
      by: 'user:default/maya.okafor',
      at: '2026-11-01T00:00:00.000Z',
    };
    api.getDrift.mockResolvedValue({
      ...DRIFT,
      items: [quotes, { ...rates, snooze }],
    });
    render(<NewRolloutPage />, { api });
    await userEvent.click(await button('Preview Quotes'));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('Everything can be merged')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(
      await screen.findByText('1 file changes, all can be merged'),
    ).toBeVisible();
    expect(screen.getByText(/The sale is next week/)).toBeVisible();

    await userEvent.click(await button('Start with one of 1 service'));
    expect(api.createRollout).not.toHaveBeenCalled();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Why/ }),
      'A hole',
    );
    await userEvent.click(await button('Start with one of 1 service'));
    expect(api.createRollout).toHaveBeenCalledWith({
      templateRef: 'template:default/node-api',
      reason: 'A hole',
      canary: quotes.entityRef,
      batchSize: 10,
      afterCanary: 'ask',
      afterBatch: 'go-on',
      maxFailedShare: 0.2,
      leaveOut: [],
      inputs: {},
    });
  });

  it('take along answers for services that have given none', async () => {
    const api = apiMock();
    const [quotes] = DRIFT.items;
    api.getDrift.mockResolvedValue({ ...DRIFT, items: [quotes] });
    api.previewUpgrade.mockImplementation(async ({ inputs }) =>
      inputs
        ? UPGRADE
        : {
            ...UPGRADE,
            result: 'missing',
            missing: [{ name: 'heat', title: 'How hot', type: 'integer' }],
          },
    );
    render(<NewRolloutPage />, { api });
    await userEvent.type(await screen.findByLabelText('How hot'), '3');
    await userEvent.click(await button('Show the change'));
    expect(
      await screen.findByText(/In the first service: 1 file changes/),
    ).toBeVisible();
    expect(screen.getByText(/have given no answer: heat = 3/)).toBeVisible();
    await userEvent.type(
      screen.getByRole('textbox', { name: /Why/ }),
      'A hole',
    );
    await userEvent.click(await button('Start with one of 1 service'));
    expect(api.createRollout).toHaveBeenCalledWith(
      expect.objectContaining({ inputs: { heat: 3 } }),
    );
  });

  it('are a table for spreadsheets', () => {
    expect(rolloutCsv(ROLLOUT_PAGE).split('\r\n')[3]).toBe(
      'component:default/ledger,group:default/checkout,1.4.0,2.1.0,1,Failed,The repository is archived.,0,',
    );
  });

  it.each([
    [
      'there is none yet',
      <RolloutList />,
      { getRollouts: [] },
      'There is no rollout yet',
    ],
    [
      'nothing is behind',
      <NewRolloutPage />,
      { getDrift: { ...DRIFT, items: [] } },
      'No service is behind',
    ],
  ])('say that %s', async (_, page, answers, words) => {
    const api = apiMock();
    for (const [name, answer] of Object.entries(answers)) {
      api[name as 'getDrift'].mockResolvedValue(answer as never);
    }
    render(page, { api });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it('say what failed, and that one is not there', async () => {
    const api = apiMock();
    api.getRollouts.mockRejectedValue(new Error('The database is away'));
    render(<RolloutList />, { api });
    expect(await screen.findByText('The database is away')).toBeVisible();
    const gone = apiMock();
    gone.getRollout.mockRejectedValue(
      Object.assign(new Error('Gone'), { name: 'NotFoundError' }),
    );
    render(<RolloutPage />, { api: gone });
    expect(await screen.findByText('There is no such rollout')).toBeVisible();
  });
});
