import { afterAll, describe, expect, it } from 'vitest';
import { MAX_NET_MINOR, price } from '../src/quotes/price.ts';
import { startApp } from './support.ts';

const { app } = await startApp({ VAT_BASIS_POINTS: '1900' });
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
  it('prices a basket', async () => {
    const response = await post({
      currency: 'EUR',
      lines: [
        { sku: 'CRATE-1', quantity: 2, unitPriceMinor: 1250 },
        { sku: 'STRAP', quantity: 1, unitPriceMinor: 499 },
      ],
    });
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      currency: 'EUR',
      netMinor: 2999,
      vatMinor: 570,
      grossMinor: 3569,
      vatBasisPoints: 1900,
    });
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
