import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Quote } from '../src/quotes/quote.ts';
import type { QuoteStore } from '../src/quotes/store.ts';

const NOON = Date.parse('2030-05-01T12:00:00.123Z');
const at = (minute: number) => new Date(NOON + minute * 60_000);

/** A quote made so many minutes after noon, valid until one o'clock. */
export function aQuote(minute = 0): Quote {
  return {
    id: randomUUID(),
    currency: 'EUR',
    lines: [{ sku: 'CRATE', quantity: 100, unitPriceMinor: 1_000_000_000 }],
    netMinor: 100_000_000_000,
    vatMinor: 20_000_000_000,
    grossMinor: 120_000_000_000,
    vatBasisPoints: 2_000,
    createdAt: at(minute),
    validUntil: at(60),
    acceptedAt: null,
  };
}

/** What every store must do. @param makeStore - makes one that is empty */
export function itKeepsQuotes(makeStore: () => Promise<QuoteStore>) {
  describe('a store of quotes', () => {
    let store: QuoteStore;
    beforeEach(async () => {
      store = await makeStore();
    });

    it('gives back what it keeps', async () => {
      const quote = aQuote();
      await store.add(quote);
      expect(await store.find(quote.id)).toEqual(quote);
    });

    it('knows no others', async () => {
      expect(await store.find(randomUUID())).toBeUndefined();
      expect(await store.accept(randomUUID(), at(1))).toBeUndefined();
      expect(await store.list(randomUUID(), 10)).toEqual([]);
    });

    it('lists the oldest first, from behind a quote', async () => {
      const [late, early, same] = [aQuote(2), aQuote(1), aQuote(1)];
      for (const quote of [late, early, same]) await store.add(quote);
      const [first, second] =
        early.id < same.id ? [early, same] : [same, early];
      expect(await store.list(undefined, 10)).toEqual([first, second, late]);
      expect(await store.list(undefined, 2)).toEqual([first, second]);
      expect(await store.list(first.id, 10)).toEqual([second, late]);
      expect(await store.list(late.id, 10)).toEqual([]);
    });

    it('accepts a quote once, though many ask at once', async () => {
      const quote = aQuote();
      await store.add(quote);
      const minutes = Array.from({ length: 20 }, (_, index) => index + 1);
      const answers = await Promise.all(
        minutes.map(minute => store.accept(quote.id, at(minute))),
      );
      const kept = await store.find(quote.id);
      expect(kept?.acceptedAt).not.toBeNull();
      expect(answers).toEqual(minutes.map(() => kept));
    });

    it('accepts no quote that is no longer valid', async () => {
      const quote = aQuote();
      await store.add(quote);
      expect(await store.accept(quote.id, at(60))).toEqual(quote);
      expect(await store.find(quote.id)).toEqual(quote);
    });
  });
}
