import { askedOf, fixedQuery } from './asked';

const NOW = new Date('2026-11-21T23:30:00Z');

describe('askedOf', () => {
  it('ends with today, where the reader is', () => {
    expect(askedOf({ days: '30', timeZone: 'UTC' }, NOW)).toMatchObject({
      window: { from: '2026-10-23', to: '2026-11-22', timeZone: 'UTC' },
      interval: 'day',
      days: 30,
      preset: 30,
    });
    expect(
      askedOf({ days: '30', timeZone: 'Europe/Berlin' }, NOW).window.to,
    ).toBe('2026-11-23');
  });

  it('leaves out what nobody can ask for', () => {
    expect(
      askedOf(
        {
          days: '7',
          timeZone: 'Mars/Base',
          interval: 'year',
          bots: 'x',
          cohort: 'y',
          from: '2026-12-31',
          to: '2026-01-01',
        },
        NOW,
      ),
    ).toMatchObject({ scope: {}, interval: 'week', bots: 'apart', days: 90 });
  });

  it('can be said so that it means the same to everybody', () => {
    const query = { days: '30', timeZone: 'Europe/Berlin', owner: 'x' };
    const asked = askedOf(query, NOW);
    const fixed = fixedQuery(query, asked);
    expect(fixed).toEqual({
      owner: 'x',
      from: '2026-10-24',
      to: '2026-11-22',
      timeZone: 'Europe/Berlin',
      interval: 'day',
    });
    expect(askedOf(fixed, new Date('2027-06-01T00:00:00Z')).window).toEqual(
      asked.window,
    );
  });
});
