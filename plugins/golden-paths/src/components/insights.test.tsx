import { ReactElement } from 'react';
import { Route, Routes } from 'react-router-dom';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apiMock } from '../__testUtils__/facts';
import { insightsMock, SILENT } from '../__testUtils__/insights';
import { render } from '../__testUtils__/render';
import { OutcomesPage } from './outcomes/OutcomesPage';
import { AdoptionPage } from './overview/AdoptionPage';
import { ReturnPage } from './return/ReturnPage';
import { TemplatePage } from './templates/TemplatePage';

const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));
const template = (
  <Routes>
    <Route path="/t/:namespace/:name" element={<TemplatePage />} />
  </Routes>
);
const TEMPLATE_PATH = '/t/default/node-api';

describe('golden paths in depth', () => {
  it('says how far creations come, how long it takes, and what fails', async () => {
    render(<AdoptionPage />, { api: apiMock() });
    const funnel = await region('How far creations come');
    const steps = await funnel.findAllByRole('listitem');
    expect(steps.map(step => step.textContent)).toEqual([
      'Form opened6',
      'Creation started3Half within 2 minutes after the form was opened, 95 % within 4 minutes',
      'Creation finished2Half within 25 seconds after the start, with the wait, 95 % within 50 seconds',
      'First change by a person merged1Half within 2 hours after the end of the creation',
      'First deployment to production0',
    ]);
    expect(
      funnel.getByText(/Opened forms are counted since 20 August 2026/),
    ).toBeVisible();
    const people = await region('People who are new');
    expect(people.getByText('20 days')).toBeVisible();
    expect(people.getByText('2 of 4')).toBeVisible();
    const went = await region('How creations go');
    expect(
      went.getByRole('link', { name: 'latest on 8 September 2026' }),
    ).toHaveAttribute('href', '/create/tasks/abc');
  });

  it('says what is not known where delivery is not there', async () => {
    const insights = insightsMock();
    insights.getFunnel.mockResolvedValue(SILENT);
    render(<AdoptionPage />, { api: apiMock(), insights });
    const funnel = await region('How far creations come');
    expect(await funnel.findAllByText('Not known')).toHaveLength(2);
    expect(funnel.getByText(/are not part of this portal/)).toBeVisible();
  });

  it('compares golden path and bespoke, with size, age and bias', async () => {
    render(<OutcomesPage />, { api: apiMock() });
    const page = await region('Golden path and bespoke');
    const row = async (name: string) =>
      (await page.findByRole('row', { name: new RegExp(`^${name}`) }))
        .textContent;
    expect(await row('Services')).toBe(
      'Services12 components3 componentsToo few to compare: fewer than 5',
    );
    expect(await row('Median age')).toContain('40 days');
    expect(await row('Change lead time')).toBe(
      'Change lead time2 hoursmiddle half of 5: 1 hour to 1 dayNo data',
    );
    expect(await row('Compliance score')).toContain(
      '91\u00a0%middle half of 12: 88 to 97\u00a0%No data',
    );
    expect(page.getByText('Teams choose what they build on.')).toBeVisible();
  });

  it('computes what is saved with what somebody assumes, and keeps it in the address', async () => {
    render(<ReturnPage />, {
      api: apiMock(),
      path: '/?counted=50&cost=100&minutes=template:default/node-api*60',
    });
    const saved = await region('Work saved');
    expect(saved.getByText('1 hour')).toBeVisible();
    expect(saved.getByText('worth 100 at 100 an hour')).toBeVisible();
    const counted = screen.getByRole('textbox', { name: /Creations that/ });
    await userEvent.clear(counted);
    await userEvent.type(counted, '100{Enter}');
    expect(await saved.findByText('2 hours')).toBeVisible();
  });

  it('shows one golden path, its services and what a pull request would change', async () => {
    const insights = insightsMock();
    render(template, { api: apiMock(), insights, path: TEMPLATE_PATH });
    const about = await region('About');
    expect(about.getByRole('link', { name: 'Create with it' })).toHaveAttribute(
      'href',
      '/create/templates/default/node-api',
    );
    const [latest] = (await region('Use by month')).getAllByRole('listitem');
    expect(latest).toHaveTextContent('September 20263 creations, 1 failed');
    expect(
      (await region('Versions in use')).getByRole('img'),
    ).toHaveAccessibleName('Versions in use: 2.1.0 1, 1.4.0 1');
    const services = await region('Services made from it');
    expect(await services.findByRole('link', { name: 'Quotes' })).toBeVisible();

    const reach = await region('What a pull request would reach');
    const look = reach.getByRole('button', { name: 'Look' });
    expect(look).toBeDisabled();
    await userEvent.type(reach.getByRole('textbox'), '#12');
    await userEvent.click(look);
    expect(await reach.findByText('1 would get changed files')).toBeVisible();
    expect(insights.getReach).toHaveBeenCalledWith(
      'template:default/node-api',
      12,
    );
    expect(reach.getByText(/was not answered: Tier/)).toBeVisible();
  });

  it('hands out a table of what is shown', async () => {
    const insights = insightsMock();
    insights.getTable.mockRejectedValue(new Error('away'));
    render(<AdoptionPage />, { api: apiMock(), insights, path: '/?days=30' });
    const team = await region('By team');
    await userEvent.click(
      team.getByRole('button', { name: 'Download teams as CSV' }),
    );
    expect(await team.findByText('Could not be downloaded')).toBeVisible();
    expect(insights.getTable).toHaveBeenCalledWith(
      'teams',
      expect.objectContaining({ from: expect.any(String) }),
    );
  });

  it.each<[string, ReactElement, string | undefined]>([
    ['Outcomes', <OutcomesPage />, undefined],
    ['Return', <ReturnPage />, undefined],
    ['a golden path', template, TEMPLATE_PATH],
  ])('%s says what failed', async (_, page, path) => {
    const api = apiMock();
    const insights = insightsMock();
    for (const method of [...Object.values(api), ...Object.values(insights)]) {
      method.mockRejectedValue(new Error('The database is away'));
    }
    render(page, { api, insights, path });
    expect(await screen.findByText('The database is away')).toBeVisible();
  });
});
