import { act, screen, within } from '@testing-library/react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { apiMock, entity, reportOf, VERDICTS } from '../../__testUtils__/facts';
import { fixOf } from '../../__testUtils__/fixes';
import { render } from '../../__testUtils__/render';
import { ComplianceTab } from '../entity/ComplianceTab';

const tab = (
  <EntityProvider entity={entity}>
    <ComplianceTab />
  </EntityProvider>
);
const first = async () =>
  within(await screen.findByRole('region', { name: 'What to fix first' }));

const mendedReport = reportOf({
  evaluatedAt: '2026-11-21T10:00:00Z',
  verdicts: VERDICTS.map(verdict =>
    verdict.rule === 'supported-image'
      ? { rule: verdict.rule, outcome: 'pass' as const, findings: [] }
      : verdict,
  ),
});

/** As when somebody comes back from the tab where they merged. */
const comeBack = () =>
  act(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
  });

describe('the tab while a pull request is open', () => {
  it('follows the merge and the check after it', async () => {
    const api = apiMock();
    api.getFixes.mockResolvedValue([fixOf()]);
    render(tab, { api });
    const open = (await first()).findByText(/is open, asked for by/);
    expect(await open).toBeVisible();

    api.getFixes.mockImplementation(async ({ state }) =>
      state === 'merged' ? [fixOf({ state: 'merged' })] : [],
    );
    await comeBack();
    expect(
      await (
        await first()
      ).findByText(/is merged\. The rule is being checked again/),
    ).toBeVisible();

    api.getReport.mockResolvedValue(mendedReport);
    await comeBack();
    expect(
      await screen.findByText('It passes now: Base images are supported'),
    ).toBeVisible();
    expect(
      (await first()).queryByText('Base images are supported'),
    ).not.toBeInTheDocument();
    expect(screen.queryByText(/being checked again/)).not.toBeInTheDocument();
  });

  it('forgets one that was closed', async () => {
    const api = apiMock();
    api.getFixes.mockResolvedValue([fixOf()]);
    render(tab, { api });
    const link = await screen.findByRole('link', { name: 'Pull request #7' });
    api.getFixes.mockResolvedValue([]);
    await comeBack();
    expect(link).not.toBeInTheDocument();
  });

  it('stays as it is while nobody answers', async () => {
    const api = apiMock();
    api.getFixes.mockResolvedValue([fixOf()]);
    render(tab, { api });
    const link = await screen.findByRole('link', { name: 'Pull request #7' });
    api.getFixes.mockRejectedValue(new Error('down'));
    await comeBack();
    expect(link).toBeVisible();
  });
});

it('asks no more about pull requests where none is open', async () => {
  const api = apiMock();
  render(tab, { api });
  await first();
  await comeBack();
  expect(api.getFixes).toHaveBeenCalledTimes(2);
  api.getFixes.mockClear();
  await comeBack();
  expect(api.getFixes).not.toHaveBeenCalled();
});
