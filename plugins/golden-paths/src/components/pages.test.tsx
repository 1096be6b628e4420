import { ReactElement } from 'react';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  apiMock,
  DRIFT,
  entity,
  NO_ADOPTION,
  PROVENANCE,
  TEMPLATES,
} from '../__testUtils__/facts';
import { render } from '../__testUtils__/render';
import { DriftPage } from './drift/DriftPage';
import { OriginCard } from './entity/OriginCard';
import { AdoptionPage } from './overview/AdoptionPage';
import { TemplatesPage } from './templates/TemplatesPage';

const card = (
  <EntityProvider entity={entity}>
    <OriginCard />
  </EntityProvider>
);
const region = async (name: string) =>
  within(await screen.findByRole('region', { name }));

describe('golden paths', () => {
  it('says the share of new services, its target and what it is made of', async () => {
    render(<AdoptionPage />, { api: apiMock() });
    const share = await region('New services on a golden path');
    expect(share.getByText('67 %')).toBeVisible();
    expect(share.getByText('2 of 3 services, target 80 %')).toBeVisible();
    expect(share.getByText(/Of all services today: 50/)).toHaveTextContent(
      '7 services came into being is not known',
    );
    const fate = await region('What became of them');
    expect(fate.getByRole('link', { name: 'Behind it' })).toHaveAttribute(
      'href',
      '/golden-paths/drift?standing=behind',
    );
    expect(
      fate.getByText('3 creations started, 2 succeeded, 1 failed.'),
    ).toBeVisible();
    const [latest, first] = (await region('By month')).getAllByRole('listitem');
    expect(latest).toHaveTextContent('September 202667');
    expect(first).toHaveTextContent('August 2026in partNo data');
    const [checkout, none] = (await region('By team')).getAllByRole('listitem');
    expect(checkout).toHaveTextContent('2 of 3 services; of all today 2 of 4');
    expect(none).toHaveTextContent('No team');
  });

  it('asks for the period that is chosen', async () => {
    const api = apiMock();
    render(<AdoptionPage />, { api, path: '/?days=30' });
    await region('By team');
    const [{ from, to }] = api.getAdoption.mock.calls[0];
    const days = (Date.parse(to!) - Date.parse(from!)) / 86_400_000;
    expect(Math.round(days)).toBe(30);
  });

  it('says how a template does, and where creations fail', async () => {
    render(<TemplatesPage />, { api: apiMock() });
    const node = await region('Node.js API');
    const fact = (label: string) =>
      node.getByText(label).parentElement as HTMLElement;
    expect(fact('State')).toHaveTextContent('Deprecated on 31 March 2027');
    expect(fact('Made from it, today')).toHaveTextContent(
      '2 services, 1 behind2.1.0: 1, 1.4.0: 1',
    );
    expect(fact('Creations that succeed')).toHaveTextContent(
      '67 %of 3 that ended',
    );
    expect(fact('Usual duration, with the wait')).toHaveTextContent(
      '25 seconds95 % within 1.5 minutes, of 2',
    );
    expect(fact('Work saved')).toHaveTextContent('16 hours8 hours times 2');
    expect(
      node.getByRole('link', { name: 'latest on 8 September 2026' }),
    ).toHaveAttribute('href', '/create/tasks/abc');
  });

  it('lists services with how far they are behind, and filters them', async () => {
    const api = apiMock();
    render(<DriftPage />, { api });
    const link = await screen.findByRole('link', { name: 'Quotes' });
    const quotes = link.closest<HTMLElement>('[role=row], tr')!;
    expect(quotes).toHaveTextContent('2 versions behind');
    expect(link).toHaveAttribute('href', '/catalog/default/component/quotes');
    await userEvent.click(screen.getByRole('button', { name: /Standing/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Behind (1)' }),
    );
    expect(api.getDrift).toHaveBeenLastCalledWith(
      expect.objectContaining({ standing: 'behind', offset: 0 }),
    );
  });

  it('says on a service what made it, and how far behind it is', async () => {
    render(card, { api: apiMock() });
    const origin = await region('Golden path');
    expect(await origin.findByText('2 versions behind')).toBeVisible();
    expect(origin.getByText(/Created on 1 September 2026/)).toHaveTextContent(
      'with version 1.4.0 at commit c0ffee0.',
    );
  });

  it.each<[string, ReactElement, object, string]>([
    [
      'services',
      <AdoptionPage />,
      { getAdoption: NO_ADOPTION },
      'There is no service yet',
    ],
    [
      'templates',
      <TemplatesPage />,
      { getTemplates: { ...TEMPLATES, items: [] } },
      'There is no golden path yet',
    ],
    [
      'drift',
      <DriftPage />,
      { getDrift: { ...DRIFT, total: 0, items: [] } },
      'No service is among them',
    ],
    [
      'origin',
      card,
      { getProvenance: { ...PROVENANCE, stated: null, creation: null } },
      'Made by hand, or before golden paths',
    ],
  ])('says that there is no %s', async (_, page, answers, words) => {
    const api = apiMock();
    for (const [name, answer] of Object.entries(answers)) {
      api[name as 'getDrift'].mockResolvedValue(answer);
    }
    render(page, { api });
    expect(await screen.findByText(words)).toBeVisible();
  });

  it.each([
    ['Adoption', <AdoptionPage />],
    ['Templates', <TemplatesPage />],
    ['Drift', <DriftPage />],
    ['the card', card],
  ])('%s says what failed', async (_, page) => {
    const api = apiMock();
    for (const method of Object.values(api)) {
      method.mockRejectedValue(new Error('The database is away'));
    }
    render(page, { api });
    expect(await screen.findByText('The database is away')).toBeVisible();
  });
});
