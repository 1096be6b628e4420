import fc from 'fast-check';
import { percentilesOf } from './percentiles';
import { Middle, middleOf, Spread } from './spread';

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
        const spreads = groups.map(closed);
        expect(spreads.map(one => middleOf([one]))).toEqual(
          groups.map(expected),
        );
        expect(middleOf(spreads)).toEqual(expected(groups.flat()));
      }),
      { numRuns: 200 },
    );
  });

  it('finds it together with many others, of which it is a small part', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => (i * 7_919) % YEAR);
    const few = [3, 86_400, 1.5, YEAR];
    expect(middleOf([many, few, []].map(closed))).toEqual(
      expected([...many, ...few]),
    );
  });

  it('calls back with each', () => {
    const seen: number[] = [];
    closed([7, 5]).forEach(value => seen.push(value));
    expect(seen.sort()).toEqual([5, 7]);
  });
});

function closed(values: readonly number[]): Spread {
  const spread = new Spread(values.length + 1);
  values.forEach(one => spread.add(one));
  return spread.close();
}

function expected(values: readonly number[]): Middle {
  const percentiles = percentilesOf(values);
  return { n: values.length, ...(percentiles && { percentiles }) };
}
