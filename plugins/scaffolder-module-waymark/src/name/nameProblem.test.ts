import { nameProblem } from './nameProblem';

describe('nameProblem', () => {
  it.each(['abc', 'a1b', 'checkout-api', 'a'.repeat(40)])('takes %s', name => {
    expect(nameProblem(name)).toBeUndefined();
  });

  it.each([
    ['ab', 'Use at least 3 characters.'],
    ['a'.repeat(41), 'Use at most 40 characters.'],
    ...[
      'Abc',
      '1abc',
      '-abc',
      'abc-',
      'a--b',
      'a_b',
      'a.b',
      'añb',
      'a b',
      '${{x}}',
    ].map(name => [
      name,
      'Use small letters, digits and single dashes. Start with a letter and do not end with a dash.',
    ]),
  ])('refuses %s', (name, message) => {
    expect(nameProblem(name)).toBe(message);
  });
});
