import { InputError } from '@backstage/errors';
import { parse } from 'yaml';
import { didYouMean } from '../commands/nearest';
import { Field, FormSchema, Values } from './schema';

const YES = /^(y|yes|true)$/i;
const NO = /^(n|no|false)$/i;

const isMap = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** That the form has no such question. */
export const notAsked = (name: string, names: readonly string[]) =>
  `The golden path does not ask for ${name}.${didYouMean(
    name,
    names,
  )} It asks for ${names.join(', ')}.`;

/**
 * Reads a text as the form would take it.
 *
 * @throws InputError where it is no answer of that kind
 */
export function readAnswer({ title, schema }: Field, text: string): unknown {
  const { type, enum: choices } = schema;
  if (choices) {
    const chosen = choices.findIndex(
      (one, index) =>
        String(one) === text || schema.enumNames?.[index] === text,
    );
    if (chosen >= 0) return choices[chosen];
  }
  switch (type) {
    case 'boolean':
      if (YES.test(text)) return true;
      if (NO.test(text)) return false;
      throw new InputError(`${title}: say yes or no, not ${text}`);
    case 'integer':
    case 'number':
      if (text.trim() && Number.isFinite(Number(text))) return Number(text);
      throw new InputError(`${title}: it must be a number, not ${text}`);
    case 'array':
      return readList(title, schema, text);
    case 'object':
      return readMap(title, text);
    default:
      return text;
  }
}

/** Names with commas between, or a list in YAML. */
function readList(title: string, schema: FormSchema, text: string): unknown[] {
  if (!/^\s*[[-]/.test(text)) {
    return text
      .split(',')
      .map(one => one.trim())
      .filter(Boolean)
      .map(one =>
        readAnswer(
          { name: title, title, schema: schema.items ?? {}, required: true },
          one,
        ),
      );
  }
  const value = readYaml(title, text);
  if (Array.isArray(value)) return value;
  throw new InputError(`${title}: it must be a list, such as [a, b]`);
}

function readMap(title: string, text: string): Values {
  const value = readYaml(title, text);
  if (isMap(value)) return value;
  throw new InputError(`${title}: it must be a map, such as {a: b}`);
}

function readYaml(title: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new InputError(
      `${title}: ${(error as Error).message.split('\n')[0]}`,
    );
  }
}

/**
 * Answers of a file, in YAML or JSON.
 *
 * @throws InputError where it is no map
 */
export function readValues(text: string, from: string): Values {
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch (error) {
    throw new InputError(
      `${from} cannot be read: ${(error as Error).message.split('\n')[0]}`,
    );
  }
  if (isMap(value)) return value;
  throw new InputError(`${from} must hold answers by their names: name: value`);
}

/**
 * Answers of `--set KEY=VALUE`.
 *
 * @throws InputError for what the form does not ask
 */
export function readSet(
  given: readonly string[],
  fields: readonly Field[],
): Values {
  const names = fields.map(({ name }) => name);
  return Object.fromEntries(
    given.map(one => {
      const [, name, text] = /^([^=]+)=([^]*)$/.exec(one) ?? [];
      if (name === undefined) {
        throw new InputError(`--set ${one}: it must be KEY=VALUE`);
      }
      const field = fields.find(other => other.name === name);
      if (!field) throw new InputError(notAsked(name, names));
      return [name, readAnswer(field, text)];
    }),
  );
}
