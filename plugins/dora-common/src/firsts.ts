import { z } from 'zod';
import { isTimeZone, parseEdge } from './metrics/window';

const count = z.number().int().min(0);

/** Body of `POST /firsts`. */
export const firstsRequestSchema = z
  .object({
    items: z
      .array(
        z
          .object({
            entityRef: z.string().min(1).max(300),
            /** When it was asked for: no deployment of it is from before. */
            since: z.iso.datetime(),
            /** When it was there: what was pushed before is the template's. */
            after: z.iso.datetime(),
          })
          .strict(),
      )
      .max(1_000),
  })
  .strict();

/** Answer of `POST /firsts`; components that the caller may not see are left out. */
export const firstsSchema = z.object({
  items: z.array(
    z.object({
      entityRef: z.string(),
      /** First commit of the first change that a person merged after that. */
      firstCommitAt: z.iso.datetime().optional(),
      /** When the first successful deployment to production was done. */
      firstDeploymentAt: z.iso.datetime().optional(),
    }),
  ),
});

/** A newcomer has settled in with this many merged pull requests. */
export const SETTLED = 10;

/** Query of `GET /newcomers`; its edges come out as milliseconds. */
export const newcomersQuerySchema = z
  .object({
    from: z.string().min(1).max(40),
    to: z.string().min(1).max(40),
    timeZone: z.string().max(100).default('UTC').refine(isTimeZone, {
      message: 'must be an IANA time zone such as Europe/Berlin',
    }),
  })
  .strict()
  .transform((query, context) => {
    const read = (name: 'from' | 'to') => {
      const at = parseEdge(query[name], query.timeZone);
      if (at === undefined) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message:
            'must be a day such as 2026-03-29, or an instant with its offset',
        });
      }
      return at ?? NaN;
    };
    const [from, to] = [read('from'), read('to')];
    if (Number.isNaN(from) || Number.isNaN(to)) return z.NEVER;
    if (to > from) return { from, to };
    context.addIssue({
      code: 'custom',
      path: ['to'],
      message: 'must be after from',
    });
    return z.NEVER;
  });

/**
 * Answer of `GET /newcomers`: people whose first merged pull request lies in the
 * window. Nobody is named.
 */
export const newcomersSchema = z.object({
  /** How many there are. */
  newcomers: count,
  /** Of those: they have merged the tenth by now. */
  settled: count,
  /** Seconds from the first to the tenth; null where nobody has merged it. */
  p50: z.number().min(0).nullable(),
  /**
   * People whose first known pull request is too close to where the known history
   * begins to say that it is their first: they are counted in neither.
   */
  unknown: count,
});

export type FirstsRequest = z.output<typeof firstsRequestSchema>;
export type FirstsAnswer = z.infer<typeof firstsSchema>;
export type NewcomersQuery = z.output<typeof newcomersQuerySchema>;
export type NewcomersAnswer = z.infer<typeof newcomersSchema>;
