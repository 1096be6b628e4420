import { toCsv } from './csv';

describe('toCsv', () => {
  it('quotes what needs it and leaves out what is not there', () => {
    expect(
      toCsv([
        ['Team', 'Score', 'Remark'],
        ['Checkout, "old"', 72, undefined],
        ['Two\nlines', 0, 'Überfahrt'],
      ]),
    ).toBe(
      'Team,Score,Remark\r\n"Checkout, ""old""",72,\r\n"Two\nlines",0,Überfahrt\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\tx'])(
    'gives a spreadsheet nothing to run: %j',
    text => {
      expect(toCsv([[text]])).toBe(`'${text}\r\n`);
    },
  );

  it('keeps a negative number a number', () => {
    expect(toCsv([[-3]])).toBe('-3\r\n');
  });
});
