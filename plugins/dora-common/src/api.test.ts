import {
  deploymentsQuerySchema,
  EVIDENCE,
  metricsQuerySchema,
  metricsSchema,
} from './api';
import {
  before,
  fiveOf,
  historyOf,
  leadTimeBuckets,
  recoveryTimeBuckets,
  seriesOf,
} from './metrics';

const problems = (query: object) =>
  metricsQuerySchema
    .safeParse(query)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the query of metrics', () => {
  it('reads days in the time zone, from the first until before the last', () => {
    const query = metricsQuerySchema.parse({
      from: '2026-03-01',
      to: '2026-04-01',
      timeZone: 'Europe/Berlin',
      owner: 'group:default/payments',
    });
    expect(query).toMatchObject({
      from: Date.parse('2026-02-28T23:00:00Z'),
      to: Date.parse('2026-03-31T22:00:00Z'),
      interval: 'week',
      bots: 'apart',
    });
  });

  it.each([
    [{ from: '2026-04-01', to: '2026-04-01' }, /^to: must be after from$/],
    [{ from: 'soon', to: '2026-04-01' }, /^from: must be a day/],
    [
      { from: '2026-03-01', to: '2026-04-01', timeZone: 'Mars' },
      /^timeZone: must/,
    ],
    [{ from: '2026-03-01', to: '2026-04-01', cohort: 'best' }, /^cohort: /],
    [{ from: '2026-03-01', to: '2026-04-01', interval: 'hour' }, /^interval: /],
    [
      { from: '2020-01-01', to: '2026-04-01', interval: 'day' },
      /^interval: makes more than 1000 points: take a longer one$/,
    ],
    [
      { from: '0001-01-01', to: '9999-01-01', interval: 'day' },
      /^interval: makes more/,
    ],
    [
      { from: '2026-03-01', to: '2026-04-01', owner: 'a', system: 'b' },
      /^: give one of entityRef, owner, system and cohort, or none$/,
    ],
  ])('refuses %j', (query, message) => {
    expect(problems(query)).toEqual([expect.stringMatching(message)]);
  });

  it('of a list has pages, and what was counted', () => {
    const query = { from: '2026-03-01', to: '2026-04-01', counted: 'failed' };
    expect(
      deploymentsQuerySchema.parse({ ...query, limit: '20' }),
    ).toMatchObject({ limit: 20, counted: 'failed' });
    for (const wrong of [
      { limit: '0' },
      { limit: '201' },
      { counted: 'all' },
    ]) {
      expect(
        deploymentsQuerySchema.safeParse({ ...query, ...wrong }).success,
      ).toBe(false);
    }
  });
});

it('the answer holds what the metrics compute', () => {
  const window = metricsQuerySchema.parse({
    from: '2026-03-01',
    to: '2026-04-01',
  });
  const history = historyOf(
    { deployments: [], changes: [], incidents: [] },
    Date.parse('2026-05-01T00:00:00Z'),
  );
  const text = (millis: number) => new Date(millis).toISOString();
  const answer = {
    window: {
      from: text(window.from),
      to: text(window.to),
      timeZone: window.timeZone,
      interval: window.interval,
    },
    asOf: text(history.now),
    components: 0,
    metrics: fiveOf(history, window),
    previous: fiveOf(history, before(window)),
    evidence: EVIDENCE,
    distribution: {
      leadTime: leadTimeBuckets(history, window),
      recoveryTime: recoveryTimeBuckets(history, window),
    },
    series: seriesOf(history, window).map(point => ({
      ...point,
      from: text(point.from),
      to: text(point.to),
    })),
  };
  expect(metricsSchema.parse(answer).series).toHaveLength(6);
});
