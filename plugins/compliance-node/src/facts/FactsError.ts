/** That a source may be asked again in a moment. */
export interface Again {
  /** It asks for this much time. */
  afterSeconds?: number;
}

/**
 * Why a part of the facts cannot be known, in words for a component's owner:
 * without secrets, addresses of the inside or paths of the machine.
 */
export class FactsError extends Error {
  readonly name = 'FactsError';

  /** @param again - where it failed for a moment, such as by a time-out */
  constructor(message: string, readonly again?: Again) {
    super(message);
  }
}
