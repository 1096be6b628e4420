import { test as base, expect } from '@playwright/test';
import { createSampleApi } from '../src/parcels/sample.ts';
import { listen, type Service, startService } from './service.ts';

interface PerTest {
  /** What the browser complained about; a test fails unless it takes it out. */
  complaints: string[];
}

interface PerWorker {
  service: Service;
  /** The service while its parcels API is down. */
  cutOff: Service;
}

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
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', message => {
        if (['error', 'warning'].includes(message.type())) {
          complaints.push(message.text());
        }
      });
      page.on('pageerror', error => complaints.push(error.message));
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
