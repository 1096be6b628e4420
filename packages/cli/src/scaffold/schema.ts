import Ajv from 'ajv';
import addFormats from 'ajv-formats';

/** JSON Schema, with what a form adds to it. */
export interface FormSchema {
  [key: string]: unknown;
  title?: string;
  description?: string;
  type?: string;
  default?: unknown;
  enum?: unknown[];
  enumNames?: string[];
  items?: FormSchema;
  properties?: Record<string, FormSchema>;
  required?: string[];
  errorMessage?: string | Record<string, string>;
  'ui:field'?: string;
  'ui:options'?: Record<string, unknown>;
}

export type Values = Record<string, unknown>;

/** A question of the form. */
export interface Field {
  name: string;
  title: string;
  schema: FormSchema;
  required: boolean;
}

/** What is wrong with an answer. */
export interface Problem {
  field?: string;
  title: string;
  message: string;
}

// Forms have keywords of their own, such as ui:field, that are no rules.
const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
addFormats(ajv);

const accepts = (schema: FormSchema | boolean, values: unknown) =>
  ajv.validate(schema, values) === true;

const isSchema = (value: unknown): value is FormSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const schemas = (value: unknown) =>
  Array.isArray(value) ? value.filter(isSchema) : [];

/**
 * The questions that a page of the form asks given the answers so far: one answer
 * may bring others with it.
 */
export function fieldsOf(page: FormSchema, values: Values): Field[] {
  const fields = new Map<string, Field>();
  const collect = (schema: FormSchema) => {
    for (const [name, own] of Object.entries(schema.properties ?? {})) {
      const before = fields.get(name)?.schema;
      const merged = { ...before, ...own };
      const title = merged.title ?? name;
      fields.set(name, { name, title, schema: merged, required: false });
    }
    for (const part of partsOf(schema, values)) collect(part);
  };
  const require = (schema: FormSchema) => {
    for (const name of schema.required ?? []) {
      const field = fields.get(name);
      if (field) field.required = true;
    }
    for (const part of partsOf(schema, values)) require(part);
  };
  collect(page);
  require(page);
  return [...fields.values()];
}

/** What of a schema holds only because of an answer. */
function partsOf(schema: FormSchema, values: Values): FormSchema[] {
  const parts = schemas(schema.allOf);
  if (isSchema(schema.if)) {
    const then = accepts(schema.if, values) ? schema.then : schema.else;
    if (isSchema(then)) parts.push(then);
  }
  for (const choice of [schema.oneOf, schema.anyOf]) {
    const fitting = schemas(choice).find(one => fits(one, values));
    if (fitting) parts.push(fitting);
  }
  const dependencies = {
    ...(schema.dependencies as Values | undefined),
    ...(schema.dependentSchemas as Values | undefined),
    ...(schema.dependentRequired as Values | undefined),
  };
  for (const [name, dependency] of Object.entries(dependencies)) {
    if (values[name] === undefined) continue;
    if (Array.isArray(dependency)) {
      parts.push({ required: dependency.map(String) });
    } else if (isSchema(dependency)) {
      parts.push(dependency);
    }
  }
  return parts;
}

/** A branch belongs to the answers that it names a value of. */
function fits({ properties = {} }: FormSchema, values: Values): boolean {
  const named = Object.entries(properties).filter(
    ([, own]) => own.const !== undefined || own.enum !== undefined,
  );
  return (
    named.length > 0 &&
    named.every(
      ([name, own]) => values[name] !== undefined && accepts(own, values[name]),
    )
  );
}

/** The answers with those that the form has chosen already. */
export function withDefaults(
  pages: readonly FormSchema[],
  given: Values,
): Values {
  const values = { ...given };
  for (;;) {
    const missing = pages
      .flatMap(page => fieldsOf(page, values))
      .filter(
        ({ name, schema }) =>
          schema.default !== undefined && values[name] === undefined,
      );
    if (missing.length === 0) return values;
    for (const { name, schema } of missing) values[name] = schema.default;
  }
}

/** What is wrong with the answers of a page, in the words of the form. */
export function problemsOf(page: FormSchema, values: Values): Problem[] {
  const fields = fieldsOf(page, values);
  const problems = new Map<string, Problem>();
  if (accepts(page, values)) return [];
  for (const error of ajv.errors ?? []) {
    const { keyword, instancePath, params, message = 'is not taken' } = error;
    // Said by what it is made of.
    if (['if', 'oneOf', 'anyOf', 'allOf'].includes(keyword)) continue;
    const missing = keyword === 'required' && instancePath === '';
    const name = missing
      ? (params.missingProperty as string)
      : instancePath.split('/')[1]?.replace(/~1/g, '/').replace(/~0/g, '~');
    const field = fields.find(one => one.name === name);
    const title = field?.title ?? name ?? 'The answers';
    if (problems.has(title)) continue;
    problems.set(title, {
      ...(name && { field: name }),
      title,
      message: missing
        ? 'An answer is needed.'
        : ownWords(field?.schema, keyword) ?? sentence(message, params),
    });
  }
  return [...problems.values()];
}

/** What is wrong with one answer. */
export function problemOf(field: Field, value: unknown): string | undefined {
  const page = { type: 'object', properties: { [field.name]: field.schema } };
  return problemsOf(page, { [field.name]: value })[0]?.message;
}

function ownWords(schema: FormSchema | undefined, keyword: string) {
  const words = schema?.errorMessage;
  return typeof words === 'string' ? words : words?.[keyword];
}

function sentence(message: string, params: Record<string, unknown>): string {
  const allowed = params.allowedValues;
  return Array.isArray(allowed)
    ? `It must be one of ${allowed.join(', ')}.`
    : `It ${message}.`;
}
