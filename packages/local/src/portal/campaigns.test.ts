import { endOfQuarter, showCampaigns } from './campaigns';

const MADE = { id: 'c1' };

describe('campaigns of the sample company', () => {
  const show = async (items: object[]) => {
    const waiting = [3, 0];
    const get = jest.fn(
      async (path: string): Promise<unknown> =>
        path.endsWith('/health')
          ? { components: 32, waiting: waiting.shift() ?? 0 }
          : { items },
    );
    const post = jest.fn(async (_path: string, _body: unknown) => MADE);
    await showCampaigns(
      { get, post },
      { today: new Date('2026-11-21'), lookAgainMs: 1 },
    );
    return post.mock.calls;
  };

  it('are one that runs and a draft, once all components are judged', async () => {
    const calls = await show([]);
    expect(calls.map(([path]) => path)).toEqual([
      '/api/compliance/campaigns',
      '/api/compliance/campaigns/c1/state',
      '/api/compliance/campaigns',
    ]);
    expect(calls[0][1]).toMatchObject({
      rules: ['runbook', 'on-call'],
      scope: { lifecycles: ['production'] },
      deadline: '2026-12-31',
    });
    expect(calls[1][1]).toEqual({ state: 'running' });
  });

  it('are left alone where there are some', async () => {
    expect(await show([{}])).toEqual([]);
  });

  it.each([
    ['2026-11-21', '2026-12-31'],
    ['2026-12-11', '2027-03-31'],
    ['2027-01-01', '2027-03-31'],
    ['2027-06-20', '2027-09-30'],
  ])('seen on %s end on %s', (today, expected) => {
    expect(endOfQuarter(new Date(today))).toBe(expected);
  });
});
