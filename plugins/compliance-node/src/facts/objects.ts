import { ManifestFacts } from '@waymark/backstage-plugin-compliance-common';
import { parseDocuments } from './documents';

export type Release = ManifestFacts['releases'][number];
export type Item = Release['objects'][number];

/**
 * The objects of YAML, those of lists one by one.
 *
 * @throws Error in a few words where it cannot be read
 */
export function objectsOf(text: string): Item[] {
  return parseDocuments('manifest.yaml', text)
    .flatMap(document =>
      isObject(document) && document.kind === 'List'
        ? ((document.items ?? []) as unknown[])
        : [document],
    )
    .filter(isObject)
    .map(withoutSecret);
}

/** That there is a Secret matters to rules; what it says is nobody's business. */
function withoutSecret(object: Item): Item {
  if (object.kind !== 'Secret') return object;
  const hide = (value: unknown) =>
    isObject(value)
      ? Object.fromEntries(Object.keys(value).map(key => [key, '']))
      : undefined;
  const { data, stringData, ...rest } = object;
  return {
    ...rest,
    ...(data !== undefined && { data: hide(data) ?? null }),
    ...(stringData !== undefined && { stringData: hide(stringData) ?? null }),
  };
}

export function isObject(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
