const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];

/**
 * Reads a parcel number as the Universal Postal Union's S10 writes it: two
 * letters, eight digits, a check digit, two letters. Spaces, dashes and small
 * letters are what people type, and are fine.
 *
 * @returns the number in its one true form, or undefined when it is none
 */
export function parseParcelNumber(text: string): string | undefined {
  const number = text.replace(/[\s-]/g, '').toUpperCase();
  const digits = /^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$/.exec(number);
  if (!digits) return undefined;
  const [, serial = '', check] = digits;
  return checkDigit(serial) === Number(check) ? number : undefined;
}

function checkDigit(serial: string): number {
  const sum = WEIGHTS.reduce(
    (total, weight, index) => total + weight * Number(serial[index]),
    0,
  );
  const digit = 11 - (sum % 11);
  if (digit === 10) return 0;
  return digit === 11 ? 5 : digit;
}

/** As printed on labels: easier to compare in groups. */
export function formatParcelNumber(number: string): string {
  return number.replace(/^(..)(....)(....)(.)(..)$/, '$1 $2 $3 $4 $5');
}
