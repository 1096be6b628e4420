import { defineConfig } from '@playwright/test';

const port = process.env.WAYMARK_PORT ?? '7007';

/**
 * Browser tests against a portal that runs already; `./waymark test browser`
 * starts one of its own and passes the ports by environment.
 */
export default defineConfig({
  testDir: './tests',
  outputDir: './results',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // The tests share one portal and create things in it.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json']],
  use: {
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
