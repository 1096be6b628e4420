import { Millis } from './facts';

/** Half-open: `from` belongs to it, `to` does not. */
export interface Window {
  from: Millis;
  to: Millis;
  /** IANA name: whose months are meant. */
  timeZone: string;
}

export function within(
  at: Millis | undefined,
  { from, to }: { from: Millis; to: Millis },
): boolean {
  return at !== undefined && at >= from && at < to;
}
