import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { apiMock, entity, REF, reportOf } from '../../__testUtils__/facts';
import { render } from '../../__testUtils__/render';
import { addDays, dayOf } from '../../time';
import { ComplianceTab } from './ComplianceTab';

const tab = (
  <EntityProvider entity={entity}>
    <ComplianceTab />
  </EntityProvider>
);
const region = (name: string) => screen.findByRole('region', { name });

describe('ComplianceTab', () => {
  it('shows a score that is the sum of its tracks', async () => {
    render(tab, { api: apiMock() });
    const score = within(await region('Score'));
    expect(score.getByText('5 of 20 points')).toBeVisible();
    const rows = score
      .getAllByRole('row')
      .map(row => [...row.children].map(cell => cell.textContent));
    expect(rows).toEqual([
      ['Track', 'Level', 'Points', 'Score'],
      ['Ownership and docs', 'Gold', '0 of 0', 'No data'],
      ['Kubernetes', 'Nothing to check', '0 of 0', 'No data'],
      ['Delivery', 'Bronze', '5 of 5', '100'],
      ['Reliability', 'Nothing to check', '0 of 0', 'No data'],
      ['Security', 'No level yet', '0 of 15', '0'],
      ['Together', '', '5 of 20', '25'],
    ]);
  });

  it('leads to the line to fix first', async () => {
    render(tab, { api: apiMock() });
    const first = within(await region('What to fix first'));
    expect(
      first.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual(
      expect.arrayContaining([
        expect.stringContaining('No secret in the repository10 points, Bronze'),
        expect.stringContaining('Base images are supported5 points, Silver'),
      ]),
    );
    expect(
      first.getByRole('link', { name: 'src/config.ts:12' }),
    ).toHaveAttribute(
      'href',
      'http://git.example/acme/basket/blob/main/src/config.ts#L12',
    );
    expect(first.getByText('AKIA…')).toBeVisible();
  });

  it('says of each rule why and how, and folds away what does not apply', async () => {
    render(tab, { api: apiMock() });
    const security = within(await region('Security'));
    await userEvent.click(
      security.getByRole('button', { name: /No secret.*Fails/ }),
    );
    expect(security.getByText('Why no-secret')).toBeVisible();
    expect(security.getByText('Fix no-secret')).toBeVisible();
    expect(
      security.getAllByRole('link', { name: 'About this rule' })[0],
    ).toHaveAttribute('href', '/compliance/rules/no-secret');

    const delivery = within(await region('Delivery'));
    await userEvent.click(
      delivery.getByRole('button', { name: /reviewed.*Unknown/ }),
    );
    expect(delivery.getByText('The Git host answered 502.')).toBeVisible();

    const docs = within(await region('Ownership and docs'));
    await userEvent.click(docs.getByRole('button', { name: /runbook/ }));
    expect(docs.getByText(/^Exempt up to .*2027.*: It ends/)).toBeVisible();

    const kubernetes = within(await region('Kubernetes'));
    const folded = kubernetes.getByText('It is in the mesh');
    expect(folded).not.toBeVisible();
    await userEvent.click(
      kubernetes.getByRole('button', { name: '1 rule does not apply' }),
    );
    expect(folded).toBeVisible();
  });

  it('says what changed, and what was read', async () => {
    render(tab, { api: apiMock() });
    expect(await region('What changed in seven days')).toHaveTextContent(
      /Base images are supported.*Passes, now fails, because the rule changed/,
    );
    const read = await region('What the rules read');
    expect(read).toHaveTextContent('Not known: The Git host answered 502.');
    expect(
      await screen.findByRole('img', { name: /^Score: 40 on .*, 25 on / }),
    ).toBeInTheDocument();
  });

  it('opens the rule that the address names', async () => {
    Element.prototype.scrollIntoView = jest.fn();
    render(tab, { api: apiMock(), path: '/#pipeline' });
    const why = await screen.findByText('Why pipeline');
    await waitFor(() => expect(why).toBeVisible());
  });

  it('checks again and shows the result when it is there', async () => {
    const api = apiMock();
    render(tab, { api });
    await region('Score');
    api.getReport.mockResolvedValue(
      reportOf({ evaluatedAt: '2026-11-21T10:00:00Z', changes: [] }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(api.refresh).toHaveBeenCalledWith(REF);
    expect(
      await screen.findByText('Nothing changed', {}, { timeout: 5000 }),
    ).toBeVisible();
  });

  it('tells not checked yet, no permission and a failure apart', async () => {
    const api = apiMock();
    api.getReport.mockResolvedValue(undefined);
    const { unmount } = render(tab, { api });
    expect(await screen.findByText('Not checked yet')).toBeVisible();
    unmount();

    const refusal = Object.assign(new Error('no'), { name: 'NotAllowedError' });
    api.getReport.mockRejectedValue(refusal);
    const second = render(tab, { api });
    expect(
      await screen.findByText('You may not see the compliance score'),
    ).toBeVisible();
    second.unmount();

    api.getReport.mockRejectedValueOnce(new Error('down'));
    api.getReport.mockResolvedValue(reportOf());
    render(tab, { api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Try again' }),
    );
    expect(await region('Score')).toBeVisible();
  });
});

describe('asking for an exemption', () => {
  const today = dayOf(new Date());

  async function open(options: Parameters<typeof render>[1]) {
    render(tab, options);
    const security = within(await region('Security'));
    await userEvent.click(security.getByRole('button', { name: /No secret/ }));
    return security.queryByRole('button', { name: 'Ask for an exemption' });
  }

  /** Types a day into the parts of the field. */
  async function choose(day: string) {
    const [year, month, date] = day.split('-');
    for (const [name, text] of [
      [/^month/, month],
      [/^day/, date],
      [/^year/, year],
    ] as const) {
      await userEvent.click(screen.getByRole('spinbutton', { name }));
      await userEvent.keyboard(text);
    }
  }

  it('takes 180 days and refuses 181', async () => {
    const api = apiMock();
    await userEvent.click((await open({ api }))!);
    const dialog = within(await screen.findByRole('dialog'));
    const ask = dialog.getByRole('button', { name: 'Ask' });

    await userEvent.click(ask);
    expect(dialog.getByText('Say it in a sentence.')).toBeVisible();
    await userEvent.type(
      dialog.getByRole('textbox', { name: /Reason/ }),
      'The new key store comes in spring.',
    );

    await choose(addDays(today, 181));
    expect(dialog.getByText(/lasts 180 days at most/)).toBeVisible();
    await userEvent.click(ask);
    expect(api.requestExemption).not.toHaveBeenCalled();

    await choose(addDays(today, 180));
    await userEvent.click(ask);
    await waitFor(() =>
      expect(api.requestExemption).toHaveBeenCalledWith({
        entityRef: REF,
        rule: 'no-secret',
        reason: 'The new key store comes in spring.',
        until: addDays(today, 180),
      }),
    );
    expect(await screen.findByText(/^Exemption asked for/)).toBeVisible();
  });

  it('says why it was refused, and keeps what was written', async () => {
    const api = apiMock();
    api.requestExemption.mockRejectedValue(new Error('is asked for already'));
    await userEvent.click((await open({ api }))!);
    const reason = await screen.findByRole('textbox', { name: /Reason/ });
    await userEvent.type(reason, 'The new key store comes in spring.');
    await userEvent.click(screen.getByRole('button', { name: 'Ask' }));
    expect(await screen.findByText('is asked for already')).toBeVisible();
    expect(reason).toHaveValue('The new key store comes in spring.');
  });

  it('is offered to owners alone, who may', async () => {
    expect(
      await open({ api: apiMock(), groups: ['group:default/others'] }),
    ).toBeNull();
  });
});
