import { Together } from './Together';

describe('Together', () => {
  it('does at once what came while the last was under way, and no more than it may', async () => {
    const batches: number[][] = [];
    const together = new Together(async (ones: number[]) => {
      batches.push(ones);
      await new Promise(setImmediate);
      return ones.map(one => one * 10);
    }, 3);
    const all = [1, 2, 3, 4, 5, 6].map(one => together.do(one));
    expect(await Promise.all(all)).toEqual([10, 20, 30, 40, 50, 60]);
    expect(batches).toEqual([[1], [2, 3, 4], [5, 6]]);
    expect(await together.do(7)).toBe(70);
  });

  it('lets one fail without the others', async () => {
    const together = new Together(async (ones: number[]) => {
      if (ones.includes(3)) throw new Error('not 3');
      return ones;
    }, 10);
    const all = [1, 2, 3, 4].map(one => together.do(one));
    const settled = await Promise.allSettled(all);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });
});
