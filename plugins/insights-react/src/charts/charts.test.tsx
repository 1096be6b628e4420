import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { BurnUp } from './BurnUp';
import { neededOn } from './burnUpPace';
import { HeatMap } from './HeatMap';
import { ShareBar } from './ShareBar';
import { Sparkline } from './Sparkline';
import { stepOf } from './tones';
import { nearest, placePoints } from './trend';
import { TrendLine } from './TrendLine';

const WEEK = [
  { day: '2026-11-01', value: 50 },
  { day: '2026-11-02' },
  { day: '2026-11-11', value: 75 },
];

describe('placePoints', () => {
  it('goes by the calendar and leaves out what is not known', () => {
    const points = placePoints(
      [...WEEK, { day: '2026-11-21', value: 0 }],
      [0, 100],
    );
    expect(points.map(({ x, y }) => [x, y])).toEqual([
      [0, 0.5],
      [0.5, 0.75],
      [1, 0],
    ]);
    expect(nearest(points, 0.6)?.value).toBe(75);
    expect(nearest([], 0.6)).toBeUndefined();
  });

  it('has a place for a single point', () => {
    expect(placePoints([WEEK[0]], [0, 100])).toMatchObject([{ x: 0.5 }]);
  });
});

describe('stepOf', () => {
  it.each([
    [0, 0],
    [39.9, 0],
    [40, 1],
    [79, 2],
    [99.9, 3],
    [100, 4],
  ])('%p is on step %p', (score, step) => expect(stepOf(score)).toBe(step));
});

describe('BurnUp', () => {
  const points = [
    { day: '2026-11-01', all: 20, done: 2 },
    { day: '2026-11-04', all: 22, done: 5 },
  ];

  it.each([
    ['2026-11-01', 2],
    ['2026-11-06', 12],
    ['2026-11-11', 22],
    ['2026-11-20', 22],
  ])('needs by the end of %p %p', (day, needed) =>
    expect(neededOn(day, points, '2026-11-11')).toBe(needed),
  );

  it('says what is done and what was needed, in words and numbers', async () => {
    renderInTestApp(
      <BurnUp title="Checks done" points={points} until="2026-11-11" />,
    );
    expect(
      await screen.findByRole('img', {
        name: /^Checks done: 2 of 20 on .*, 5 of 22 on .*, when 8 were needed/,
      }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByText('Numbers'));
    const rows = screen.getAllByRole('row').slice(1);
    expect(
      rows.map(row => [...row.children].slice(1).map(one => one.textContent)),
    ).toEqual([
      ['5', '22', '8'],
      ['2', '20', '2'],
    ]);
  });

  it('has nothing to draw before the first day', async () => {
    renderInTestApp(
      <BurnUp title="Checks done" points={[]} until="2026-11-11" />,
    );
    expect(await screen.findByText('Nothing was counted yet.')).toBeVisible();
  });
});

describe('TrendLine', () => {
  it('says what it draws and holds its numbers', async () => {
    renderInTestApp(<TrendLine title="Score" points={WEEK} />);
    expect(
      await screen.findByRole('img', { name: /^Score: 50 on .*, 75 on / }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByText('Numbers'));
    const numbers = screen.getByRole('region', { name: 'Score, numbers' });
    const rows = within(numbers).getAllByRole('row').slice(1);
    expect(rows.map(row => row.lastElementChild?.textContent)).toEqual([
      '75',
      '50',
    ]);
  });

  it('is no empty box without data', async () => {
    renderInTestApp(
      <TrendLine title="Score" points={[{ day: '2026-11-01' }]} />,
    );
    expect(await screen.findByText('Nothing was measured yet.')).toBeVisible();
    expect(screen.queryByRole('img')).not.toBeInTheDocument();
  });
});

describe('Sparkline', () => {
  it('says where it begins and ends', async () => {
    renderInTestApp(<Sparkline title="Score" points={WEEK} />);
    expect(
      await screen.findByRole('img', { name: 'Score: from 50 to 75' }),
    ).toBeInTheDocument();
  });
});

describe('ShareBar', () => {
  it('names each part with its number, and none of nothing', async () => {
    renderInTestApp(
      <ShareBar
        title="Rules"
        shares={[
          { id: 'a', label: 'Pass', value: 3, tone: 'positive' },
          { id: 'b', label: 'Fail', value: 2, tone: 'negative', href: '/x' },
          { id: 'c', label: 'Unknown', value: 0, tone: 'warning' },
        ]}
      />,
    );
    expect(
      await screen.findByRole('img', { name: 'Rules: Pass 3, Fail 2' }),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Fail' })).toHaveAttribute(
      'href',
      '/x',
    );
    expect(screen.queryByText('Unknown')).not.toBeInTheDocument();
  });
});

describe('HeatMap', () => {
  const rows = [
    { id: 'b', label: 'Billing', cells: { s: { value: 40, href: '/b' } } },
    { id: 'c', label: 'Checkout', cells: { s: { value: 100 } } },
    { id: 'd', label: 'Depot', cells: {} },
  ];
  const names = () =>
    screen.getAllByRole('rowheader').map(({ textContent }) => textContent);

  it('is a table that is sorted by its heads; no data stands last', async () => {
    renderInTestApp(
      <HeatMap
        title="Scores by team"
        rowHeading="Team"
        columns={[{ id: 's', label: 'Security' }]}
        rows={rows}
      />,
    );
    const grid = await screen.findByRole('grid', { name: 'Scores by team' });
    expect(names()).toEqual(['Billing', 'Checkout', 'Depot']);
    expect(within(grid).getByRole('link', { name: '40' })).toHaveAttribute(
      'href',
      '/b',
    );
    expect(within(grid).getByText('No data')).toBeVisible();

    const head = within(grid).getByRole('columnheader', { name: /Security/ });
    await userEvent.click(head);
    expect(names()).toEqual(['Billing', 'Checkout', 'Depot']);
    await userEvent.click(head);
    expect(names()).toEqual(['Checkout', 'Billing', 'Depot']);
    expect(head).toHaveAttribute('aria-sort', 'descending');
  });
});
