import { z } from 'zod';
import { PortalClient } from '../portal/PortalClient';
import { FormSchema } from './schema';

const formSchema = z.object({
  steps: z.array(
    z.object({
      title: z.string().optional(),
      description: z.string().optional(),
      schema: z.record(z.unknown()),
    }),
  ),
});

/** The pages of a golden path's form. */
export async function readForm(
  client: PortalClient,
  templateRef: string,
): Promise<FormSchema[]> {
  const [kind, rest] = templateRef.split(':');
  const [namespace, name] = rest.split('/').map(encodeURIComponent);
  const { steps } = await client.get(
    `/api/scaffolder/v2/templates/${namespace}/${kind}/${name}/parameter-schema`,
    formSchema,
  );
  return steps.map(({ title, schema }) => ({ title, ...schema }));
}
