import fc from 'fast-check';
import { percentilesOf } from './percentiles';
import { Middle, Spread } from './spread';

const YEAR = 366 * 86_400;

describe('Spread', () => {
  it('finds what a sort finds, for each interval and for all together', () => {
    const value = fc.oneof(
      fc.constantFrom(0, 0.001, 3_600, 3 * YEAR),
      fc.double({ min: 0, max: 86_400, noNaN: true }),
      fc.double({ min: 0, max: 4 * YEAR, noNaN: true }),
    );
    const intervals = fc.array(fc.array(value, { maxLength: 60 }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(intervals, groups => {
        const spread = new Spread(
          Uint32Array.from(groups, ({ length }) => length + 1),
        );
        groups.forEach((values, k) =>
          values.forEach(one => spread.add(k, one)),
        );
        expect(spread.middles()).toEqual({
          each: groups.map(expected),
          all: expected(groups.flat()),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('calls back with each', () => {
    const spread = new Spread(Uint32Array.of(3, 1, 2));
    spread.add(2, 5);
    spread.add(0, 7);
    const seen: number[] = [];
    spread.forEach(value => seen.push(value));
    expect(seen.sort()).toEqual([5, 7]);
  });
});

function expected(values: readonly number[]): Middle {
  const percentiles = percentilesOf(values);
  return { n: values.length, ...(percentiles && { percentiles }) };
}
