import { afterAll, describe, expect, it } from 'vitest';
import { MAX_NET_MINOR, price } from '../src/quotes/price.ts';
import { aQuote } from './stores.ts';
import { startApp } from './support.ts';

const { app, quotes } = await startApp({ VAT_BASIS_POINTS: '1900' });
afterAll(() => app.close());

const post = (payload: unknown) =>
  app.inject({
    method: 'POST',
    url: '/v1/quotes',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  });

describe('price', () => {
  it.each([
    { unitPriceMinor: 0, vat: 2000, expected: [0, 0, 0] },
    { unitPriceMinor: 999, vat: 0, expected: [999, 0, 999] },
    { unitPriceMinor: 5, vat: 1000, expected: [5, 1, 6] },
    { unitPriceMinor: 4, vat: 1000, expected: [4, 0, 4] },
    { unitPriceMinor: 1999, vat: 2000, expected: [1999, 400, 2399] },
  ])('taxes $unitPriceMinor at $vat basis points', row => {
    const lines = [
      { sku: 'A', quantity: 1, unitPriceMinor: row.unitPriceMinor },
    ];
    const { netMinor, vatMinor, grossMinor } = price(lines, row.vat);
    expect([netMinor, vatMinor, grossMinor]).toEqual(row.expected);
  });

  it('does not depend on how the basket is split', () => {
    const one = price([{ sku: 'A', quantity: 3, unitPriceMinor: 333 }], 1900);
    const three = price(
      [1, 2, 3].map(n => ({ sku: `${n}`, quantity: 1, unitPriceMinor: 333 })),
      1900,
    );
    expect(three).toEqual(one);
  });
});

describe('POST /v1/quotes', () => {
  it('prices a basket and keeps the quote', async () => {
    const response = await post({
      currency: 'EUR',
      lines: [
        { sku: 'CRATE-1', quantity: 2, unitPriceMinor: 1250 },
        { sku: 'STRAP', quantity: 1, unitPriceMinor: 499 },
      ],
    });
    expect(response.statusCode).toBe(201);
    const quote = response.json();
    expect(quote).toMatchObject({
      currency: 'EUR',
      netMinor: 2999,
      vatMinor: 570,
      grossMinor: 3569,
      vatBasisPoints: 1900,
      acceptedAt: null,
    });
    const { location } = response.headers;
    expect(location).toBe(`/v1/quotes/${quote.id}`);
    expect((await app.inject(`${location}`)).json()).toEqual(quote);
  });

  it.each([
    ['an empty basket', { currency: 'EUR', lines: [] }, '/lines'],
    [
      'an unknown field',
      {
        currency: 'EUR',
        lines: [{ sku: 'A', quantity: 1, unitPriceMinor: 1 }],
        coupon: 'x',
      },
      '',
    ],
    [
      'half a crate',
      {
        currency: 'EUR',
        lines: [{ sku: 'A', quantity: 0.5, unitPriceMinor: 1 }],
      },
      '/lines/0/quantity',
    ],
  ])('refuses %s and says where it is wrong', async (_name, body, pointer) => {
    const response = await post(body);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toMatch(
      'application/problem+json',
    );
    expect(response.json()).toMatchObject({
      status: 400,
      errors: [{ pointer }],
    });
  });

  it('refuses a basket that is too dear', async () => {
    const lines = Array.from({ length: 100 }, () => ({
      sku: 'YACHT',
      quantity: 10_000,
      unitPriceMinor: 1_000_000_000,
    }));
    const response = await post({ currency: 'EUR', lines });
    expect(response.statusCode).toBe(422);
    expect(response.json().detail).toContain(String(MAX_NET_MINOR));
  });
});

describe('GET /v1/quotes', () => {
  it('gives page after page', async () => {
    for (let made = 0; made < 3; made += 1) {
      await post({
        currency: 'EUR',
        lines: [{ sku: 'A', quantity: 1, unitPriceMinor: 1 }],
      });
    }
    const all = (await app.inject('/v1/quotes')).json();
    expect(all.next).toBeNull();

    const seen = [];
    let url = '/v1/quotes?limit=2';
    while (url) {
      const page = (await app.inject(url)).json();
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      url = page.next && `/v1/quotes?limit=2&after=${page.next}`;
    }
    expect(seen).toEqual(all.items);
  });

  it.each(['limit=0', 'limit=201', 'after=x', 'colour=red'])(
    'refuses ?%s',
    async query => {
      const response = await app.inject(`/v1/quotes?${query}`);
      expect(response.statusCode).toBe(400);
    },
  );
});

describe('PUT /v1/quotes/{quoteId}/acceptance', () => {
  const accept = (id: string) =>
    app.inject({ method: 'PUT', url: `/v1/quotes/${id}/acceptance` });

  it('accepts a quote; a second time changes nothing', async () => {
    const quote = aQuote();
    await quotes.add(quote);
    const first = await accept(quote.id);
    expect(first.statusCode).toBe(200);
    expect(Date.parse(first.json().acceptedAt)).toBeLessThanOrEqual(Date.now());
    expect((await accept(quote.id)).json()).toEqual(first.json());
  });

  it('refuses a quote that is no longer valid', async () => {
    const quote = { ...aQuote(), validUntil: new Date(0) };
    await quotes.add(quote);
    const response = await accept(quote.id);
    expect(response.statusCode).toBe(409);
    expect(response.json().detail).toBe('The quote is no longer valid.');
  });

  it('knows no others', async () => {
    expect((await accept(aQuote().id)).statusCode).toBe(404);
    expect((await accept('1')).statusCode).toBe(400);
    expect((await app.inject(`/v1/quotes/${aQuote().id}`)).statusCode).toBe(
      404,
    );
  });
});
