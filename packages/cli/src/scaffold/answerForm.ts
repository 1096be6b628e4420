import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { plain } from '../compliance/paper';
import { findEntity } from '../portal/catalog';
import { PortalClient } from '../portal/PortalClient';
import { paintWith } from '../terminal/colours';
import { notAsked, readSet, readValues } from './answers';
import { askForm, isSecret } from './askForm';
import { Given } from './definitions';
import { Choices, pickerOf } from './entities';
import { myTeams } from './myTeams';
import {
  Field,
  fieldsOf,
  FormSchema,
  problemsOf,
  Values,
  withDefaults,
} from './schema';

/**
 * The answers to a form: those that were given, and what is asked for the rest.
 *
 * @throws InputError where the form does not take them
 */
export async function answerForm(
  client: PortalClient,
  pages: readonly FormSchema[],
  given: Given,
  context: Context,
): Promise<{ values: Values; secrets: Record<string, string> }> {
  const choices = new Choices(client);
  const fields = everyField(pages);
  const names = fields.map(({ name }) => name);
  let values: Values = {
    ...fromFile(given.values, context),
    ...readSet(given.set ?? [], fields),
    ...(given.name !== undefined && { name: given.name }),
    ...(given.owner !== undefined && { owner: given.owner }),
  };
  const unknown = Object.keys(values).find(name => !names.includes(name));
  if (unknown) throw new InputError(notAsked(unknown, names));
  for (const field of fields) {
    const value = values[field.name];
    if (typeof value === 'string' && value && pickerOf(field)) {
      values[field.name] = await choices.read(field, value);
    }
  }
  const check = (field: Field, value: unknown) =>
    nameProblem(client, field, value);
  const { ask, askSecret, note, noteColours } = context;
  if (ask && askSecret && !given.yes) {
    values = await askForm(pages, values, {
      ask,
      askSecret,
      note,
      paint: paintWith(noteColours),
      choices,
      first: await myTeams(client),
      check,
    });
  }
  values = withDefaults(pages, values);
  await refuseProblems(pages, values, check);
  return withoutSecrets(fields, values);
}

/** Also those that some other answer would bring. */
function everyField(pages: readonly FormSchema[]): Field[] {
  const found = new Map<string, Field>();
  const collect = (schema: unknown) => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties } = schema as FormSchema;
    if (properties && typeof properties === 'object') {
      for (const field of fieldsOf({ properties }, {})) {
        if (!found.has(field.name)) found.set(field.name, field);
      }
    }
    for (const [key, part] of Object.entries(schema)) {
      if (key !== 'properties') collect(part);
    }
  };
  pages.forEach(collect);
  return [...found.values()];
}

function fromFile(file: string | undefined, { cwd }: Context): Values {
  if (file === undefined) return {};
  const from = file === '-' ? 'the input' : file;
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new InputError(`${from} cannot be read: ${(error as Error).message}`);
  }
  return readValues(text, from);
}

/** A name that is taken would fail in the middle of the making. */
async function nameProblem(
  client: PortalClient,
  { schema }: Field,
  value: unknown,
): Promise<string | undefined> {
  if (schema['ui:field'] !== 'ServiceName' || typeof value !== 'string') {
    return undefined;
  }
  const holder = await findEntity(client, `component:default/${value}`);
  const owner = holder?.spec.owner;
  return (
    holder &&
    `${value} is taken${
      typeof owner === 'string' ? `: it belongs to ${owner}` : ''
    }.`
  );
}

async function refuseProblems(
  pages: readonly FormSchema[],
  values: Values,
  check: (field: Field, value: unknown) => Promise<string | undefined>,
) {
  const problems = pages.flatMap(page => problemsOf(page, values));
  if (problems.length === 0) {
    for (const field of pages.flatMap(page => fieldsOf(page, values))) {
      const message = await check(field, values[field.name]);
      if (message) problems.push({ title: field.title, message });
    }
  }
  if (problems.length === 0) return;
  const lines = problems.map(({ field, title, message }) => {
    const flag = ['name', 'owner'].includes(field ?? '')
      ? `--${field}`
      : `--set ${field}=…`;
    return `  ${plain(title)}${field ? ` (${flag})` : ''}: ${plain(message)}`;
  });
  throw new InputError(
    `Nothing can be made of these answers yet:\n${lines.join('\n')}`,
  );
}

/** What is secret goes beside the answers, where nothing keeps it. */
function withoutSecrets(fields: readonly Field[], values: Values) {
  const secrets: Record<string, string> = {};
  const open = { ...values };
  for (const { name } of fields.filter(isSecret)) {
    if (typeof open[name] !== 'string') continue;
    secrets[name] = open[name];
    open[name] = '*'.repeat(open[name].length);
  }
  return { values: open, secrets };
}
