import { occasionOn } from './occasions';

describe('occasions to remind owners', () => {
  const campaign = { started: '2026-11-01', deadline: '2026-12-01' };

  it.each([
    ['2026-11-01', 'start', 'Campaign started'],
    ['2026-11-16', 'start', 'Campaign started'],
    ['2026-11-17', '2026-12-01:14', '14 days left'],
    ['2026-11-23', '2026-12-01:14', '8 days left'],
    ['2026-11-24', '2026-12-01:7', '7 days left'],
    ['2026-11-30', '2026-12-01:1', '1 day left'],
    ['2026-12-01', '2026-12-01:1', 'Last day'],
  ])('%s: %s, %s', (today, name, why) => {
    expect(occasionOn(today, campaign)).toEqual({ name, why });
  });

  it('has none after the deadline', () => {
    expect(occasionOn('2026-12-02', campaign)).toBeUndefined();
  });

  it('tells of the start alone where the first day is one of those before the end', () => {
    const short = { started: '2026-11-24', deadline: '2026-12-01' };
    expect(occasionOn('2026-11-24', short)?.name).toBe('start');
    expect(occasionOn('2026-11-29', short)?.name).toBe('start');
    expect(occasionOn('2026-11-30', short)?.name).toBe('2026-12-01:1');
  });

  it('tells once more before a deadline that was moved', () => {
    const moved = { ...campaign, deadline: '2026-12-15' };
    expect(occasionOn('2026-12-01', moved)?.name).toBe('2026-12-15:14');
  });
});
