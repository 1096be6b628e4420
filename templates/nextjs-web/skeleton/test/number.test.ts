import { describe, expect, it } from 'vitest';
import { formatParcelNumber, parseParcelNumber } from '@/parcels/number';
import { sampleNumbers } from '@/parcels/sample';

describe('parseParcelNumber', () => {
  it.each([
    // The example of the standard itself.
    'RR473124829DE',
    'rr 4731-2482 9 de',
    // Remainders 0 and 1 are written 5 and 0.
    'TW100200305PT',
    'TW482915370DE',
    ...sampleNumbers.map(({ number }) => number),
  ])('takes %s', text => {
    expect(parseParcelNumber(text)).toMatch(/^[A-Z]{2}\d{9}[A-Z]{2}$/);
  });

  it.each([
    '',
    'RR473124828DE',
    'RR473124892DE',
    'R473124829DE',
    'RR473124829D1',
    'RR４73124829DE',
    '../RR473124829DE',
    'RR473124829DE<script>',
  ])('refuses %j', text => {
    expect(parseParcelNumber(text)).toBeUndefined();
  });
});

it('writes a number in the groups of a label, which can be typed in', () => {
  const shown = formatParcelNumber('RR473124829DE');
  expect(shown).toBe('RR 4731 2482 9 DE');
  expect(parseParcelNumber(shown)).toBe('RR473124829DE');
});
