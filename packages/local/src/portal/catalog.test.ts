import { waitForCatalog } from './catalog';

// Each wait is over at once; the clock moves on by what was waited for.
jest.mock('node:timers/promises', () => ({
  setTimeout: async (ms: number) => jest.advanceTimersByTime(ms),
}));

/** A portal whose catalog holds these components at each look. */
const portal = (looks: (string[] | undefined)[]) => {
  let look = -1;
  return {
    get: async (path: string) => {
      const filter = new URL(path, 'http://portal').searchParams.get('filter')!;
      const names = [...filter.matchAll(/metadata\.name=([^,]+)/g)];
      if (names.length === 0) look += 1;
      const there = looks[Math.min(look, looks.length - 1)];
      return (
        there && {
          totalItems: names.length
            ? names.filter(([, name]) => there.includes(name)).length
            : there.length,
        }
      );
    },
  };
};

const wait = async (looks: (string[] | undefined)[]) => {
  const notes: string[] = [];
  const begun = Date.now();
  await waitForCatalog(portal(looks), ['cart', 'checkout'], note =>
    notes.push(note),
  );
  return { notes, seconds: (Date.now() - begun) / 1000 };
};

describe('waitForCatalog', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('waits for every component of the sample company', async () => {
    const { notes } = await wait([
      undefined,
      [],
      ['platform'],
      ['platform'],
      ['platform'],
      ['platform', 'cart'],
      ['platform', 'cart'],
      ['platform', 'cart', 'checkout'],
    ]);
    expect(notes[0]).toBe('(0 components)');
    expect(notes.at(-1)).toBe('(3 components)');
  });

  it('is done at once where all are there already', async () => {
    expect(await wait([['checkout', 'cart', 'own']])).toEqual({
      notes: ['(3 components)'],
      seconds: 0,
    });
  });

  it('lets a catalog of one’s own be once it stops growing', async () => {
    const { seconds } = await wait([['own'], ['own', 'other']]);
    expect(seconds).toBeGreaterThan(10);
    expect(seconds).toBeLessThan(20);
  });

  it('gives up on a catalog that stays empty or does not answer', async () => {
    expect((await wait([[]])).seconds).toBe(60);
    expect((await wait([undefined])).seconds).toBe(60);
  });
});
