import { Fact } from '../facts/FactStore';

/** How often facts are collected. */
export interface Cadence {
  /** In seconds, when nothing asks for it before. */
  every: number;
  /** In seconds, where a part could not be learned. */
  retry: number;
}

/** Seconds after which a source that failed for a moment is asked again. */
const SOON = [5, 15, 45, 135];

/**
 * When a component is due again; spread out, so that what was done at once is not
 * due at once again.
 *
 * @param retries - how often it was asked in vain before
 * @param fresh - what was collected now
 * @param all - what is known now
 */
export function nextRound(
  { every, retry }: Cadence,
  retries: number,
  fresh: readonly Fact[],
  all: readonly Fact[],
): { nextInSeconds: number; soon: boolean } {
  const failed = fresh.flatMap(fact => ('error' in fact && fact.again) || []);
  const soon = failed.length > 0;
  const unknown = all.some(fact => 'error' in fact);
  const usual = unknown ? Math.min(retry, every) : every;
  const own = soon ? Math.min(SOON[retries] ?? usual, usual) : usual;
  const seconds = own * (0.9 + 0.1 * Math.random());
  // What a source asks for is the least.
  const asked = failed.map(({ afterSeconds = 0 }) => afterSeconds);
  return {
    nextInSeconds: Math.max(seconds, Math.min(every, Math.max(0, ...asked))),
    soon,
  };
}
