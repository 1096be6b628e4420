import { TEMPLATES } from '../../__testUtils__/facts';
import { readAssumptions, savedBy, writeMinutes } from './saved';

const [NODE] = TEMPLATES.items;
const OTHER = {
  ...NODE,
  templateRef: 'template:default/other',
  timeSaved: { seconds: null, perCreation: null, n: 4 },
};

describe('work saved', () => {
  it('is services made times what the template states', () => {
    const { rows, hours, worth } = savedBy([NODE, OTHER], readAssumptions({}));
    expect(rows.map(row => [row.stated, row.minutes, row.hours])).toEqual([
      [480, 480, 16],
      [undefined, 0, 0],
    ]);
    expect(hours).toBe(16);
    expect(worth).toBeUndefined();
  });

  it('is computed anew with what somebody assumes, which the address keeps', () => {
    const minutes = writeMinutes(new Map([[OTHER.templateRef, 90]]));
    const assumed = readAssumptions({
      minutes: minutes!,
      counted: '50',
      cost: '80',
    });
    const { hours, worth } = savedBy([NODE, OTHER], assumed);
    expect(hours).toBe(16 / 2 + (4 * 1.5) / 2);
    expect(worth).toBe(11 * 80);
    expect(writeMinutes(assumed.minutes)).toBe(minutes);
    expect(writeMinutes(new Map())).toBeUndefined();
  });

  it('leaves out what is no number or beyond all bounds', () => {
    expect(
      readAssumptions({
        minutes: 'a*x,b*-1,c*,*5,d*7',
        counted: '101',
        cost: 'much',
      }),
    ).toEqual({ minutes: new Map([['d', 7]]), counted: 100 });
  });
});
