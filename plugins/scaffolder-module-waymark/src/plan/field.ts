import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { PlanField } from './PlanField';

/** `ui:field: WhatWillBeMade`. */
export const planField = createFormField({
  name: 'WhatWillBeMade',
  component: PlanField,
  schema: makeFieldSchema({ output: z => z.array(z.string()) }),
});
