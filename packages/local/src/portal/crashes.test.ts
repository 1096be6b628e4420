import { Crashes } from './crashes';

const decide = (...seconds: number[]) => {
  const crashes = new Crashes();
  return seconds.map(second => crashes.isWorthAnotherStart(second * 1000));
};

describe('Crashes', () => {
  it('gives up at the third crash within a minute', () => {
    expect(decide(0, 10, 59)).toEqual([true, true, false]);
  });

  it('forgets what is older than a minute', () => {
    expect(decide(0, 30, 60, 91, 140)).toEqual([true, true, true, true, true]);
  });
});
