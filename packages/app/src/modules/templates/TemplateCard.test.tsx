import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { TemplateCardComponentProps } from '@backstage/plugin-scaffolder-react/alpha';
import { screen } from '@testing-library/react';
import { TemplateCard } from './TemplateCard';

const show = (annotations: Record<string, string>) => {
  const template: TemplateCardComponentProps['template'] = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: 'node-api',
      namespace: 'default',
      title: 'Node.js API',
      annotations,
    },
    spec: { type: 'service', steps: [] },
  };
  return renderInTestApp(
    <>
      <p>Create</p>
      <TemplateCard template={template} />
    </>,
    { mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
};
const deprecated = (sunset: string) => ({
  'waymark.dev/lifecycle': 'deprecated',
  'waymark.dev/sunset': sunset,
  'waymark.dev/successor': 'template:default/bun-api',
});

describe('card of a golden path', () => {
  it('says that it is deprecated, until when, and what to use instead', async () => {
    show(deprecated('2999-03-31'));
    const words = await screen.findByText(/to be used until/);
    expect(words).toHaveTextContent(
      /^Deprecated, to be used until .*31.* 2999\. Use bun-api instead\.$/,
    );
    expect(screen.getByRole('button', { name: /Choose/ })).toBeEnabled();
  });

  it('is there no longer once its last day is over', async () => {
    show(deprecated('2020-03-31'));
    expect(await screen.findByText('Create')).toBeVisible();
    expect(screen.queryByText('Node.js API')).not.toBeInTheDocument();
  });

  it('says nothing of one that is active, whatever its sunset says', async () => {
    show({ 'waymark.dev/sunset': '2020-03-31' });
    expect(await screen.findByText('Node.js API')).toBeVisible();
    expect(screen.queryByText(/Deprecated/)).not.toBeInTheDocument();
  });
});
