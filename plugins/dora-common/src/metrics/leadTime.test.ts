import { change, march } from './__testUtils__/facts';

const HOUR = 3600;
const done = { deploymentId: 'd1', deployedAt: '2026-03-10T12:00:00.000Z' };

describe('leadTime', () => {
  it('says where the time went: coding, review, and from merge to deployed', () => {
    const { leadTime } = march({
      changes: [
        change('c1', '03-10 00:00', '03-10 10:00', {
          ...done,
          readyAt: '2026-03-10T06:00:00.000Z',
        }),
        // Rebased after it was opened: its commits are younger than the request.
        change('c2', '03-10 04:00', '03-10 08:00', {
          ...done,
          readyAt: '2026-03-09T06:00:00.000Z',
        }),
        // Pushed without a pull request: neither coded nor reviewed for a time.
        change('c3', '03-10 11:00', '03-10 11:00', done),
      ],
    });
    expect(leadTime).toMatchObject({
      status: 'ok',
      value: 8 * HOUR,
      stages: {
        coding: { n: 2, median: 3 * HOUR },
        review: { n: 2, median: 4 * HOUR },
        deploy: { n: 3, median: 2 * HOUR },
      },
    });
  });

  it('shows programs apart', () => {
    const changes = [
      change('person', '03-10 02:00', '03-10 10:00', done),
      change('bot1', '03-10 10:00', '03-10 11:00', { ...done, bot: true }),
      change('bot2', '03-10 08:00', '03-10 11:00', { ...done, bot: true }),
    ];
    const bots = { n: 2, value: 3 * HOUR };
    expect(march({ changes }).leadTime).toMatchObject({
      value: 10 * HOUR,
      n: 1,
      bots,
    });
    expect(march({ changes }, { bots: 'with' }).leadTime).toMatchObject({
      value: 4 * HOUR,
      n: 3,
      bots,
    });
    expect(march({ changes }, { bots: 'only' }).leadTime).toMatchObject({
      value: 3 * HOUR,
      n: 2,
      bots,
    });
  });

  it('uses no time that a wrong clock gave, and says how many there were', () => {
    const early = { ...done, firstCommitAt: '0001-01-01T00:00:00.000Z' };
    const future = { ...done, firstCommitAt: '2031-01-01T00:00:00.000Z' };
    const { leadTime } = march({
      changes: [
        change('year 1', '03-10 02:00', '03-10 10:00', early),
        change('future', '03-10 02:00', '03-10 10:00', future),
        change('a day off', '03-10 11:00', '03-10 10:00', done),
        change('merged after', '03-10 02:00', '03-11 10:00', done),
        change('not known', '03-10 02:00', '03-10 10:00', {
          ...done,
          firstCommitAt: undefined,
        }),
      ],
    });
    expect(leadTime).toMatchObject({
      status: 'no-data',
      why: 'no-lead-times',
      n: 5,
      flagged: 4,
      unknown: 1,
    });
  });

  it('counts what was merged in the window and waits', () => {
    const changes = [
      change('waits', '03-10 02:00', '03-10 10:00'),
      change('merged before', '02-10 02:00', '02-10 10:00'),
    ];
    expect(march({ changes }).leadTime).toMatchObject({
      status: 'no-data',
      why: 'no-changes',
      waiting: 1,
    });
  });

  it('knows nothing of what comes after now', () => {
    const changes = [change('c1', '03-10 02:00', '03-10 10:00', done)];
    const { leadTime } = march({ changes }, { now: '03-10 11:00' });
    expect(leadTime.status).toBe('no-data');
  });
});
