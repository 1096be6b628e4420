/**
 * Why a part of the facts cannot be known, in words for a component's owner:
 * without secrets, addresses of the inside or paths of the machine.
 */
export class FactsError extends Error {
  readonly name = 'FactsError';
}
