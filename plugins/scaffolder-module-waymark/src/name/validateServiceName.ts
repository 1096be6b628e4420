import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { CustomFieldValidator } from '@backstage/plugin-scaffolder-react';
import { findNameHolder, takenMessage } from './nameHolder';
import { nameProblem } from './nameProblem';

/** Keeps the form on its page while the name is malformed or taken. */
export const validateServiceName: CustomFieldValidator<string> = async (
  name,
  field,
  { apiHolder },
) => {
  const problem = nameProblem(name);
  if (problem) {
    field.addError(problem);
    return;
  }
  const catalogApi = apiHolder.get(catalogApiRef);
  const holder = catalogApi && (await findNameHolder(catalogApi, name));
  if (holder) field.addError(takenMessage(name, holder));
};
