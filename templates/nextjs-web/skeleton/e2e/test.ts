import { test as base, expect } from '@playwright/test';
import { createSampleApi } from '../src/parcels/sample.ts';
import { listen, type Service, startService } from './service.ts';

interface PerTest {
  /** Says what the browser may complain about; anything else fails a test. */
  expectComplaints: (expected: RegExp) => void;
}

interface PerWorker {
  service: Service;
  /** The service while its parcels API is down. */
  cutOff: Service;
}

/** What the browser says of a page that failed on the server. */
export const FAILED = /status of 500|React error #441/;

/** A page of a service that really runs; `page.goto('/')` opens it. */
export const test = base.extend<PerTest, PerWorker>({
  service: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads it.
    async ({}, use) => {
      const service = await startService();
      await use(service);
      await service.stop();
    },
    { scope: 'worker' },
  ],
  cutOff: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads it.
    async ({}, use) => {
      const api = createSampleApi();
      const url = await listen(api);
      api.close();
      const service = await startService({ PARCELS_API_URL: url });
      await use(service);
      await service.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ service }, use) => use(service.url),
  expectComplaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      const expected: RegExp[] = [];
      page.on('console', message => {
        if (['error', 'warning'].includes(message.type())) {
          complaints.push(message.text());
        }
      });
      page.on('pageerror', error => complaints.push(error.message));
      await use(pattern => expected.push(pattern));
      // Only now: some come after the last line of the test.
      const unexpected = complaints.filter(
        text => !expected.some(pattern => pattern.test(text)),
      );
      expect(unexpected).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
