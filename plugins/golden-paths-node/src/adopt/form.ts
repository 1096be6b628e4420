import { WithForm } from '../upgrade';

/** An answer that a form takes in one field. */
export type Value = string | number | boolean;

/** A question of a form that can be read off what was made of its answer. */
export interface Field {
  name: string;
  title: string;
  type: 'string' | 'integer' | 'number' | 'boolean';
  required: boolean;
  default?: Value;
  /** All that it takes, where the form lists them. */
  options?: Value[];
  /** What the form calls each of them. */
  labels?: string[];
  /** Kind of entity that it names. */
  kind?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: RegExp;
}

const TYPES = ['string', 'integer', 'number', 'boolean'] as const;
/** Longer answers are not read off files. */
const MOST_LENGTH = 1_000;

/** The questions of a form that have one word, number or yes as their answer. */
export function fieldsOf({ spec }: WithForm): Field[] {
  const parameters: unknown = 'parameters' in spec ? spec.parameters : [];
  return [parameters].flat().flatMap(page => {
    if (!isObject(page) || !isObject(page.properties)) return [];
    const required = Array.isArray(page.required) ? page.required : [];
    return Object.entries(page.properties).flatMap(([name, field]) => {
      if (!isObject(field)) return [];
      const type = TYPES.find(one => one === field.type);
      if (!type) return [];
      return [readField(name, type, field, required.includes(name))];
    });
  });
}

function readField(
  name: string,
  type: Field['type'],
  field: Record<string, unknown>,
  required: boolean,
): Field {
  const listed = Array.isArray(field.enum) ? field.enum.filter(isValue) : [];
  const options = type === 'boolean' ? [true, false] : listed;
  const number = (key: string) =>
    typeof field[key] === 'number' ? { [key]: field[key] } : {};
  const labels = Array.isArray(field.enumNames)
    ? field.enumNames.map(String)
    : undefined;
  const pattern = regexOf(field.pattern);
  const kind = kindOf(field['ui:options']);
  return {
    name,
    title: typeof field.title === 'string' ? field.title : name,
    type,
    required,
    ...(isValue(field.default) && { default: field.default }),
    ...(options.length > 0 && { options }),
    ...(options.length > 0 && labels?.length === options.length && { labels }),
    ...(kind && { kind }),
    ...number('minimum'),
    ...number('maximum'),
    ...number('minLength'),
    ...number('maxLength'),
    ...(pattern && { pattern }),
  };
}

/** Whether the form takes the answer. */
export function takes(field: Field, value: unknown): value is Value {
  if (field.options) return field.options.includes(value as Value);
  if (field.type === 'string') {
    return (
      typeof value === 'string' &&
      value.length >= (field.minLength ?? 0) &&
      value.length <= Math.min(field.maxLength ?? MOST_LENGTH, MOST_LENGTH) &&
      (field.pattern?.test(value) ?? true)
    );
  }
  return (
    typeof value === 'number' &&
    (field.type === 'integer'
      ? Number.isSafeInteger(value)
      : Number.isFinite(value)) &&
    value >= (field.minimum ?? -Infinity) &&
    value <= (field.maximum ?? Infinity)
  );
}

/** The kind that a picker of entities offers. */
function kindOf(options: unknown): string | undefined {
  if (!isObject(options)) return undefined;
  const filters = [options.catalogFilter].flat();
  const kinds = [
    options.defaultKind,
    ...filters.map(filter => isObject(filter) && filter.kind),
  ];
  return kinds
    .find((kind): kind is string => typeof kind === 'string')
    ?.toLowerCase();
}

function regexOf(pattern: unknown): RegExp | undefined {
  if (typeof pattern !== 'string') return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return undefined;
  }
}

export function isValue(value: unknown): value is Value {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
