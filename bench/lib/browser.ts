import { Browser, chromium, Page } from 'playwright-core';
import { ensureChromium } from '../../packages/local/src/test/chromium';
import { onEnd } from './cleanup';
import { root } from './paths';

/** A portal's catalog, as somebody opens it who has been there before. */
export interface PortalPage {
  /** Address of the catalog page. */
  catalog: string;
  /** What must answer before the page can. */
  ready: string[];
  /** The browser's local storage: who they entered as. */
  storage: Record<string, string>;
}

/** What it took to show the catalog to a browser with an empty cache. */
export interface View {
  /** From opening the address to the first row of the table. */
  tableMs: number;
  /** Until the network is quiet after that. */
  requests: number;
  /** Headers and compressed bodies, until the network is quiet. */
  bytes: number;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PATIENCE_MS = 60_000;

/** Starts the browser; it is closed at the end of the benchmark. */
export async function startBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(root),
    args: FLAGS,
  });
  onEnd(() => browser.close());
  return browser;
}

/** Opens the catalog with an empty cache and waits until its table has rows. */
export async function viewCatalog(
  browser: Browser,
  portal: PortalPage,
): Promise<View> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
  });
  try {
    await context.addInitScript(entries => {
      for (const [key, value] of Object.entries(entries)) {
        window.localStorage.setItem(key, value);
      }
    }, portal.storage);
    const page = await context.newPage();
    const traffic = await countTraffic(page);
    const begun = performance.now();
    await page.goto(portal.catalog, { waitUntil: 'commit' });
    await waitForRows(page);
    const tableMs = performance.now() - begun;
    await page.waitForLoadState('networkidle', { timeout: PATIENCE_MS });
    return { tableMs, ...traffic() };
  } finally {
    await context.close();
  }
}

/** A catalog still being read shows an empty table, and does not ask again. */
async function waitForRows(page: Page) {
  const row = page.locator('table tbody a[href*="/catalog/"]').first();
  const empty = page.getByText('No records to display').first();
  const deadline = Date.now() + PATIENCE_MS;
  do {
    await row.or(empty).first().waitFor({ timeout: PATIENCE_MS });
    if (await row.isVisible()) return;
    await page.reload({ waitUntil: 'commit' });
  } while (Date.now() < deadline);
  throw new Error('The catalog table stays empty');
}

async function countTraffic(page: Page) {
  const network = await page.context().newCDPSession(page);
  let requests = 0;
  let bytes = 0;
  network.on('Network.requestWillBeSent', ({ request }) => {
    if (/^https?:/.test(request.url)) requests += 1;
  });
  network.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await network.send('Network.enable');
  return () => ({ requests, bytes });
}
