import {
  driftCsvQuerySchema,
  funnelSchema,
  outcomesSchema,
  reachRequestSchema,
  reachSchema,
  templatePageSchema,
  visitSchema,
  windowQuerySchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { operation } from '@waymark/backstage-plugin-insights-node';
import { z } from 'zod';
import { asked, NOT_FOUND, read } from '../api/describe';

const CSV: [path: string, summary: string, query: z.ZodType][] = [
  ['/teams.csv', 'New services by team, as a table', windowQuerySchema],
  ['/months.csv', 'New services by month, as a table', windowQuerySchema],
  ['/templates.csv', 'Each golden path, as a table', windowQuerySchema],
  ['/creations.csv', 'Runs of golden paths, as a table', windowQuerySchema],
  [
    '/drift.csv',
    'Services and their versions, as a table',
    driftCsvQuerySchema,
  ],
];

/** What these routes answer, for the OpenAPI document. */
export const insightPaths = {
  '/visits': {
    post: asked(
      'Counts that a form was opened or sent; nothing says by whom',
      visitSchema,
    ),
  },
  '/funnel': read(
    'How far creations came, and how long it took; how soon newcomers settle in',
    windowQuerySchema,
    funnelSchema,
  ),
  '/outcomes': read(
    'Delivery and compliance of what golden paths made, beside what they did not',
    windowQuerySchema,
    outcomesSchema,
  ),
  '/templates/{namespace}/{name}': {
    get: operation(
      'One golden path: its runs by month, its services, its state',
      { path: ['namespace', 'name'], query: windowQuerySchema },
      { body: templatePageSchema, more: NOT_FOUND },
    ),
  },
  '/reach': {
    post: asked(
      'Which services a pull request of a golden path would change, and in which files; of a sample',
      reachRequestSchema,
      reachSchema,
    ),
  },
  ...Object.fromEntries(
    CSV.map(([path, summary, query]) => [
      path,
      { get: operation(summary, { query }, { body: 'text/csv' }) },
    ]),
  ),
};
