import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { SampleNotice } from './SampleNotice';

describe('SampleNotice', () => {
  it.each([
    ['true', 1],
    ['false', 0],
    [undefined, 0],
  ])('with the configured %s is there %s times', async (sampleData, times) => {
    const config = { waymark: { sampleData } };
    renderInTestApp(
      <>
        <SampleNotice />
        <p>Deliveries</p>
      </>,
      { config },
    );
    await screen.findByText('Deliveries');
    expect(screen.queryAllByText('Sample data')).toHaveLength(times);
  });
});
