import { z } from 'zod';

/** `tests/service.yaml`: how a made service is started and what it is asked. */
export const serviceSchema = z
  .object({
    /** Run by a shell in the folder of the repository made; must replace itself (`exec`). */
    start: z.string().min(1),
    /** Run before it where the answers ask for a database. */
    migrate: z.string().min(1).optional(),
    /** Programs without which it is skipped. */
    needs: z.array(z.string().min(1)).default([]),
    /** The port that answers `/healthz` and `/readyz`. */
    probes: z.enum(['http', 'metrics']).default('http'),
    /** One call, which must be measured and traced. */
    request: z
      .object({
        /** gRPC calls send an empty message. */
        protocol: z.enum(['http', 'grpc']).default('http'),
        method: z.string().default('GET'),
        path: z.string().startsWith('/'),
        body: z.record(z.string(), z.unknown()).optional(),
        /** Of HTTP. */
        status: z.number().int().default(200),
      })
      .strict(),
    /** A metric that counts such calls. */
    metric: z.string().min(1),
  })
  .strict();

/** How a made service is started and what it is asked. */
export type ServiceTest = z.infer<typeof serviceSchema>;
