import fc from 'fast-check';
import { median, percentile, percentilesOf } from './percentiles';

describe('percentiles', () => {
  // SELECT percentile_cont(ARRAY[0.5, 0.75, 0.9]) WITHIN GROUP (ORDER BY v) says so.
  it.each<[number[], [number, number, number]]>([
    [[7], [7, 7, 7]],
    [
      [4, 2],
      [3, 3.5, 3.8],
    ],
    [
      [9, 1, 5],
      [5, 7, 8.2],
    ],
    [
      [10, 40, 20, 30],
      [25, 32.5, 37],
    ],
    [
      [0, 0, 0, 0, 100],
      [0, 0, 60],
    ],
  ])('%j', (values, [p50, p75, p90]) => {
    const result = percentilesOf(values);
    expect(result?.p50).toBeCloseTo(p50, 10);
    expect(result?.p75).toBeCloseTo(p75, 10);
    expect(result?.p90).toBeCloseTo(p90, 10);
  });

  it('sorts by number, leaves its input alone, and has none for nothing', () => {
    const values = [100, 9, 20];
    expect(median(values)).toBe(20);
    expect(values).toEqual([100, 9, 20]);
    expect(percentilesOf([])).toBeUndefined();
    expect(percentile([1, 2, 3], 0)).toBe(1);
    expect(percentile([1, 2, 3], 1)).toBe(3);
  });

  it('finds in many numbers what a sort finds, also among equal ones', () => {
    const many = fc
      .record({
        length: fc.integer({ min: 90, max: 5_000 }),
        different: fc.constantFrom(2, 10, 1_000, 1e9),
        seed: fc.integer({ min: 1, max: 1e6 }),
      })
      .map(({ length, different, seed }) =>
        Array.from({ length }, (_, i) => (seed * (i + 7) ** 2) % different),
      );
    fc.assert(
      fc.property(many, values => {
        const sorted = [...values].sort((a, b) => a - b);
        expect(percentilesOf(values)).toEqual({
          p50: percentile(sorted, 0.5),
          p75: percentile(sorted, 0.75),
          p90: percentile(sorted, 0.9),
        });
        expect(median(values)).toBe(percentile(sorted, 0.5));
      }),
      { numRuns: 500 },
    );
  });
});
