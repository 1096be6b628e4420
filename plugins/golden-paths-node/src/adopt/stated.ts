import { Component } from './component';
import { Field, isObject, takes, Value } from './form';

/** An answer, and how it is known. */
export interface Found {
  value: Value;
  /** Words that stand after the answer, such as `catalog-info.yaml says so`. */
  from: string;
  /** Whether the repository or the catalog told it, and it is not only usual. */
  isTold: boolean;
}

const REF = /^(?:([^:/\s]+):)?(?:([^:/\s]+)\/)?([^:/\s]+)$/;

/**
 * Answers that the catalog already has: a question called `owner` or `tier` is
 * answered by the entity's field or label of that name.
 *
 * @param says - who says it, such as `catalog-info.yaml`
 */
export function statedAnswers(
  fields: readonly Field[],
  component: Component | undefined,
  says: string,
): Map<string, Found> {
  const found = new Map<string, Found>();
  if (!component) return found;
  const { metadata, spec } = component;
  const places = [metadata, spec, metadata.labels];
  for (const field of fields) {
    for (const place of places) {
      if (!isObject(place) || !Object.hasOwn(place, field.name)) continue;
      const value = readAs(field, place[field.name]);
      if (value === undefined) continue;
      found.set(field.name, { value, from: `${says} says so`, isTold: true });
      break;
    }
  }
  return found;
}

/** The value as the form takes it: labels are texts, and references may be short. */
export function readAs(field: Field, value: unknown): Value | undefined {
  if (takes(field, value)) return value;
  if (typeof value !== 'string') return undefined;
  const other =
    field.type === 'string' ? wholeRef(value, field.kind) : fromText(value);
  return takes(field, other) ? other : undefined;
}

function wholeRef(text: string, usual: string | undefined) {
  const [, kind = usual, namespace = 'default', name] = REF.exec(text) ?? [];
  return kind && name
    ? `${kind.toLowerCase()}:${namespace.toLowerCase()}/${name}`
    : undefined;
}

function fromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
