import { at, deployment, windowOf } from './__testUtils__/facts';
import { deploymentFrequency } from './deploymentFrequency';
import { historyOf } from './history';
import { seriesOf } from './series';
import { before, daysOf, IntervalUnit, intervalsOf, parseEdge } from './window';

const BERLIN = 'Europe/Berlin';

function berlin(from: string, to: string, interval: IntervalUnit = 'day') {
  const edge = (day: string) => parseEdge(day, BERLIN) ?? NaN;
  return { from: edge(from), to: edge(to), timeZone: BERLIN, interval };
}

const hours = ({ from, to }: { from: number; to: number }) =>
  (to - from) / 3_600_000;

describe('a window', () => {
  it('has days of 23 and 25 hours where clocks change, and they are days', () => {
    const spring = berlin('2026-03-28', '2026-03-31');
    expect(intervalsOf(spring).map(hours)).toEqual([24, 23, 24]);
    expect(daysOf(spring)).toBe(3);

    const autumn = berlin('2026-10-24', '2026-10-27');
    expect(intervalsOf(autumn).map(hours)).toEqual([24, 25, 24]);
    expect(daysOf(autumn)).toBe(3);
  });

  it('puts a deployment to the day that people there had', () => {
    const history = historyOf(
      {
        deployments: [
          // Half past midnight in Berlin, in winter and in summer.
          deployment('winter', '03-28 23:30'),
          deployment('summer', '03-29 22:30'),
          // The hour that comes twice.
          deployment('first', '10-25 00:30'),
          deployment('second', '10-25 01:30'),
        ],
        changes: [],
        incidents: [],
      },
      Date.parse(at('12-01 00:00')),
    );
    const daily = (from: string, to: string) =>
      seriesOf(history, berlin(from, to)).map(
        ({ label, metrics }) => `${label} ${metrics.deploymentFrequency.n}`,
      );
    expect(daily('2026-03-28', '2026-03-31')).toEqual([
      '2026-03-28 0',
      '2026-03-29 1',
      '2026-03-30 1',
    ]);
    expect(daily('2026-10-25', '2026-10-27')).toEqual([
      '2026-10-25 2',
      '2026-10-26 0',
    ]);
  });

  it('has ISO weeks from Monday on, the 53rd among them', () => {
    const labels = intervalsOf(berlin('2026-12-21', '2027-01-12', 'week'));
    expect(labels.map(({ label, partial }) => [label, partial])).toEqual([
      ['2026-W52', false],
      ['2026-W53', false],
      ['2027-W01', false],
      ['2027-W02', true],
    ]);
  });

  it('cuts months off at its edges', () => {
    const months = intervalsOf(berlin('2026-01-15', '2026-03-01', 'month'));
    expect(
      months.map(({ label, from, partial }) => [
        label,
        new Date(from).toISOString(),
        partial,
      ]),
    ).toEqual([
      ['2026-01', '2026-01-14T23:00:00.000Z', true],
      ['2026-02', '2026-01-31T23:00:00.000Z', false],
    ]);
  });

  it('begins a day at one where there is no midnight', () => {
    const timeZone = 'America/Sao_Paulo';
    const edge = (day: string) => parseEdge(day, timeZone) ?? NaN;
    const [from, to] = [edge('2018-11-03'), edge('2018-11-06')];
    const days = intervalsOf({ from, to, timeZone, interval: 'day' });
    expect(days.map(hours)).toEqual([24, 23, 24]);
    expect(days.every(({ partial }) => !partial)).toBe(true);
  });

  it('is compared with as many days before it', () => {
    const april = before(berlin('2026-04-01', '2026-04-08'));
    expect(new Date(april.from).toISOString()).toBe('2026-03-24T23:00:00.000Z');
    expect(daysOf(april)).toBe(7);
  });

  it('is as long as it has happened', () => {
    const history = historyOf(
      {
        deployments: [deployment('d', '03-02 12:00')],
        changes: [],
        incidents: [],
      },
      Date.parse(at('03-05 00:00')),
    );
    const window = windowOf('03-01', '04-01', { interval: 'day' });
    expect(deploymentFrequency(history, window)).toMatchObject({
      value: 1 / 4,
    });
    expect(seriesOf(history, window)).toHaveLength(4);
    const later = windowOf('04-01', '05-01');
    expect(deploymentFrequency(history, later).status).toBe('no-data');
    expect(seriesOf(history, later)).toEqual([]);
  });

  it('reads days and instants with an offset, and nothing else', () => {
    expect(parseEdge('2026-03-29', BERLIN)).toBe(
      Date.parse('2026-03-28T23:00:00Z'),
    );
    expect(parseEdge('2026-03-29T12:00:00+02:00', BERLIN)).toBe(
      Date.parse('2026-03-29T10:00:00Z'),
    );
    for (const text of ['2026-02-30', '2026-03-29T12:00', 'yesterday', '']) {
      expect(parseEdge(text, BERLIN)).toBeUndefined();
    }
  });
});
