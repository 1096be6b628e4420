import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { apiMock, entity } from '../__testUtils__/facts';
import { render } from '../__testUtils__/render';
import { DriftPage } from './drift/DriftPage';
import { OriginCard } from './entity/OriginCard';
import { OutcomesPage } from './outcomes/OutcomesPage';
import { AdoptionPage } from './overview/AdoptionPage';
import { ReturnPage } from './return/ReturnPage';
import { TemplatePage } from './templates/TemplatePage';
import { TemplatesPage } from './templates/TemplatesPage';

describe('to whom golden paths are closed', () => {
  it.each([
    ['Adoption', <AdoptionPage />],
    ['Templates', <TemplatesPage />],
    ['Drift', <DriftPage />],
    ['Outcomes', <OutcomesPage />],
    ['Return', <ReturnPage />],
    ['a golden path', <TemplatePage />],
    [
      'the card',
      <EntityProvider entity={entity}>
        <OriginCard />
      </EntityProvider>,
    ],
  ])('%s says so', async (_, page) => {
    const api = apiMock();
    render(page, { api, isDenied: true });
    expect(
      await screen.findByText('You may not see what golden paths made'),
    ).toBeVisible();
  });
});
