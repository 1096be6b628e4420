import { sparkline } from './words';
import { movementWords } from './words';

describe('numbers in words', () => {
  it('a bar for each value, a dot for none', () => {
    expect(sparkline([0, 1, undefined, 4, 8])).toBe('▁▂·▅█');
    expect(sparkline([0, 0])).toBe('▁▁');
    expect(sparkline([undefined])).toBe('·');
    expect(sparkline([])).toBe('');
  });

  it('which way a value went, and whether that may be chance', () => {
    const by = (relative: number | undefined, small: boolean) =>
      movementWords({ from: 1, to: 2, direction: 'worse', relative, small });
    expect(by(0.256, false)).toBe('worse by 26 %');
    expect(by(-0.04, true)).toBe('worse by 4 %, few events');
    expect(by(undefined, false)).toBe('worse');
    expect(movementWords(undefined)).toBe('');
  });
});
