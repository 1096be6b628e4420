import { test as base } from '@playwright/test';
import { OwnPortal } from './ownPortal';

/** Tests with a portal that they may kill and whose network they control. */
export const test = base.extend<object, { own: OwnPortal }>({
  own: [
    async ({}, use) => {
      const own = await OwnPortal.start();
      await use(own);
      await own.stop();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
});

export { expect } from '@playwright/test';
