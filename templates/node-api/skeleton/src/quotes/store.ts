import type { Quote } from './quote.ts';

/** What keeps quotes. What every store must do is tested in test/stores.ts. */
export interface QuoteStore {
  add(quote: Quote): Promise<void>;
  find(id: string): Promise<Quote | undefined>;
  /**
   * Lists the oldest first, from behind the quote `after`; nothing where there
   * is no such quote.
   */
  list(after: string | undefined, limit: number): Promise<Quote[]>;
  /**
   * Accepts a quote, unless it is accepted already or no longer valid.
   *
   * @returns the quote as it is kept from then on
   */
  accept(id: string, at: Date): Promise<Quote | undefined>;
}
