import { ConfigReader } from '@backstage/config';
import { readConfig } from './config';

const read = (compliance?: object) =>
  readConfig(new ConfigReader(compliance ? { compliance } : {}) as never);

describe('readConfig', () => {
  it('has a value for everything', () => {
    expect(read()).toEqual({
      cadence: { every: 6 * 3600, retry: 300 },
      helm: 'helm',
      platformTeam: 'group:default/platform-engineering',
    });
  });

  it('takes times in any of their forms', () => {
    expect(
      read({
        schedule: { every: { days: 1, minutes: 1 }, retry: 'PT90S' },
        charts: { url: 'https://git.example/x/platform/tree/main/charts' },
        opa: { url: 'http://opa:8181', timeout: { seconds: 2 } },
      }),
    ).toMatchObject({
      cadence: { every: 86_460, retry: 90 },
      chartsUrl: 'https://git.example/x/platform/tree/main/charts',
      opa: { url: 'http://opa:8181', timeoutMs: 2_000 },
    });
  });

  it.each([
    [{ schedul: {} }, /^compliance\..*schedul/],
    [{ schedule: { every: { seconds: 0 } } }, /schedule\.every is no time/],
    [{ schedule: { every: { weeks: 1 } } }, /compliance\.schedule\.every/],
    [{ charts: { url: 'charts' } }, /compliance\.charts\.url/],
    [{ opa: {} }, /compliance\.opa\.url/],
  ])('names what is wrong with %j', (compliance, words) => {
    expect(() => read(compliance)).toThrow(words);
  });
});
