import type { Line, Totals } from './price.ts';

/** What a basket costs. It can be accepted, once, until it is no longer valid. */
export interface Quote extends Totals {
  id: string;
  /** Three letters of ISO 4217. */
  currency: string;
  lines: Line[];
  vatBasisPoints: number;
  createdAt: Date;
  validUntil: Date;
  acceptedAt: Date | null;
}
