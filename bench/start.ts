import { Browser } from 'playwright-core';
import { Benchmark, say } from './lib/benchmark';
import { PortalPage, startBrowser, viewCatalog } from './lib/browser';
import { waitForAnswers } from './lib/http';
import { Running } from './lib/processes';
import { report } from './lib/report';
import { median } from './lib/stats';
import { stockDev } from './lib/stock';
import { waymark } from './lib/waymark';

/** From the command to the catalog in a browser, everything kept and built. */
export const start: Benchmark = async ({ runs = 3 }) => {
  const browser = await startBrowser();
  const seconds = { waymark: [] as number[], stock: [] as number[] };
  // The first start of each makes data, builds and caches.
  for (let run = 0; run <= runs; run++) {
    for (const [name, portal] of [
      ['waymark', waymark],
      ['stock', stockDev],
    ] as const) {
      const value = await toCatalog(browser, portal);
      say(`${name} ${value.toFixed(1)} s${run === 0 ? ' (not counted)' : ''}`);
      if (run > 0) seconds[name].push(value);
    }
  }
  await browser.close();
  return report({
    name: 'start',
    method: `./waymark start and stock's yarn start by turns, ${runs} times each after one uncounted start: seconds from the command until a browser shows rows in the catalog table. Waymark's time holds PostgreSQL and the Git forge; stock runs on SQLite in memory.`,
    rows: [
      {
        what: 'warm start to catalog visible, median',
        unit: 's',
        waymark: median(seconds.waymark),
        stock: median(seconds.stock),
        target: { timesStock: 0.6 },
      },
    ],
    runs: seconds,
  });
};

async function toCatalog(
  browser: Browser,
  portal: { start(): Running; page: PortalPage },
): Promise<number> {
  const begun = performance.now();
  const running = portal.start();
  await waitForAnswers(running, portal.page.ready);
  const ready = performance.now() - begun;
  const { tableMs } = await viewCatalog(browser, portal.page);
  await running.stop();
  return (ready + tableMs) / 1000;
}
