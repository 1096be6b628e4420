import { useMemo } from 'react';
import { useParams } from 'react-router-dom';
import useAsync from 'react-use/esm/useAsync';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import {
  catalogApiRef,
  entityPresentationApiRef,
} from '@backstage/plugin-catalog-react';
import { isTemplateEntityV1beta3 } from '@backstage/plugin-scaffolder-common';
import { describePlan } from './describePlan';

/**
 * What the template of this page will make with these values. Nothing where
 * the page is not one template's form, or before a name is given.
 */
export function usePlan(values: Record<string, unknown>): string[] {
  const { namespace, templateName } = useParams();
  const catalogApi = useApi(catalogApiRef);
  const presentationApi = useApi(entityPresentationApiRef);
  const configApi = useApi(configApiRef);

  const { value: template } = useAsync(async () => {
    if (!namespace || !templateName) return undefined;
    const entity = await catalogApi.getEntityByRef({
      kind: 'Template',
      namespace,
      name: templateName,
    });
    return entity && isTemplateEntityV1beta3(entity) ? entity : undefined;
  }, [catalogApi, namespace, templateName]);

  const { owner, system } = values;
  const { value: names } = useAsync(async () => {
    const nameOf = async (ref: unknown) =>
      typeof ref === 'string'
        ? (await presentationApi.forEntity(ref).promise).primaryTitle
        : undefined;
    return { ownerName: await nameOf(owner), systemName: await nameOf(system) };
  }, [presentationApi, owner, system]);

  return useMemo(() => {
    if (!template || !values.name) return [];
    return describePlan(template, {
      values,
      gitHost: configApi.getOptionalString('waymark.git.host') ?? 'github.com',
      gitOwner: configApi.getOptionalString('waymark.git.owner') ?? '',
      ...names,
    });
  }, [template, values, names, configApi]);
}
