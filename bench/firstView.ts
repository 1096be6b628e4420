import { Benchmark } from './lib/benchmark';
import { startBrowser, View, viewCatalog } from './lib/browser';
import { waitForAnswers } from './lib/http';
import { ports } from './lib/paths';
import { startEmptyPostgres } from './lib/postgres';
import { report } from './lib/report';
import { median } from './lib/stats';
import { stockBuilt } from './lib/stock';
import { waymark } from './lib/waymark';

/** What a browser that was never here loads to show the catalog. */
export const firstView: Benchmark = async ({ runs = 5 }) => {
  const database = await startEmptyPostgres('stock', ports.stock.postgres);
  const portals = [waymark.start(), stockBuilt.start(database.connection)];
  await waitForAnswers(portals[0], waymark.page.ready);
  await waitForAnswers(portals[1], stockBuilt.page.ready);

  const browser = await startBrowser();
  const views = { waymark: [] as View[], stock: [] as View[] };
  // The first view of each warms the server, not the browser.
  for (let run = 0; run <= runs; run++) {
    const one = await viewCatalog(browser, waymark.page);
    const other = await viewCatalog(browser, stockBuilt.page);
    if (run === 0) continue;
    views.waymark.push(one);
    views.stock.push(other);
  }
  await browser.close();
  for (const portal of portals) await portal.stop();
  await database.stop();

  const both = (pick: (view: View) => number) => ({
    waymark: median(views.waymark.map(pick)),
    stock: median(views.stock.map(pick)),
  });
  return report({
    name: 'first-view',
    method: `The catalog page of the built app, served by its backend, opened ${runs} times each by turns in a browser with an empty cache, by somebody who is signed in: transferred bytes (headers and compressed bodies) and requests until the network is quiet, time until the table has rows. Medians.`,
    rows: [
      {
        what: 'transferred',
        unit: 'kB',
        ...both(view => view.bytes / 1000),
        target: { timesStock: 0.8 },
      },
      { what: 'requests', unit: 'requests', ...both(view => view.requests) },
      {
        what: 'to catalog table',
        unit: 's',
        ...both(view => view.tableMs / 1000),
      },
    ],
    runs: views,
  });
};
