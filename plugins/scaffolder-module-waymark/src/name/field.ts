import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { ServiceNameField } from './ServiceNameField';
import { validateServiceName } from './validateServiceName';

/** `ui:field: ServiceName`. */
export const serviceNameField = createFormField({
  name: 'ServiceName',
  component: ServiceNameField,
  validation: validateServiceName,
  schema: makeFieldSchema({ output: z => z.string() }),
});
