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
import { z } from 'zod';

type Json = Record<string, unknown>;

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

/** What these routes answer, in the words of the document that they are put into. */
export function insightPaths(say: {
  read(summary: string, query: z.ZodType, answer: z.ZodType): { get: Json };
  asked(summary: string, body: z.ZodType, answer: z.ZodType): Json;
  parametersOf(shape: z.ZodType, place: 'path' | 'query'): Json[];
  answered(answer: z.ZodType, more?: Json): Json;
}): Json {
  const { read, asked, parametersOf, answered } = say;
  const { 200: _, ...errors } = answered(z.unknown());
  const notFound = { 404: 'There is no such thing that the caller may see.' };
  const visits = asked(
    'Counts that a form was opened or sent; nothing says by whom',
    visitSchema,
    z.unknown(),
  );
  return {
    '/visits': {
      post: {
        ...visits,
        responses: { 204: { description: 'It is counted.' }, ...errors },
      },
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
      get: {
        summary: 'One golden path: its runs by month, its services, its state',
        parameters: [
          ...parametersOf(
            z.object({ namespace: z.string(), name: z.string() }),
            'path',
          ),
          ...parametersOf(windowQuerySchema, 'query'),
        ],
        responses: answered(templatePageSchema, notFound),
      },
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
        {
          get: {
            summary,
            parameters: parametersOf(query, 'query'),
            responses: {
              200: { description: 'Done.', content: { 'text/csv': {} } },
              ...errors,
            },
          },
        },
      ]),
    ),
  };
}
