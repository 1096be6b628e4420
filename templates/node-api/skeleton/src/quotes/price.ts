import { DomainError } from '../problem.ts';

export interface Line {
  sku: string;
  quantity: number;
  /** Price of one, without tax, in minor units of the currency (cents). */
  unitPriceMinor: number;
}

export interface Totals {
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

/** The largest total a quote may reach, in minor units. */
export const MAX_NET_MINOR = 100_000_000_000;

/**
 * Adds the lines up and puts value added tax on the sum, rounded half up once,
 * so that the total does not depend on how the basket was split into lines.
 *
 * @param vatBasisPoints - the tax in hundredths of a percent
 * @throws DomainError when the sum is larger than a quote may be.
 */
export function price(lines: readonly Line[], vatBasisPoints: number): Totals {
  const netMinor = lines.reduce(
    (sum, line) => sum + line.quantity * line.unitPriceMinor,
    0,
  );
  if (netMinor > MAX_NET_MINOR) {
    throw new DomainError(
      `The basket comes to ${netMinor}, more than ${MAX_NET_MINOR} a quote may reach.`,
    );
  }
  const vatMinor = Math.floor((netMinor * vatBasisPoints + 5_000) / 10_000);
  return { netMinor, vatMinor, grossMinor: netMinor + vatMinor };
}
