import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { previewSchema } from '@waymark/backstage-plugin-golden-paths-common';
import { z } from 'zod';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { Paper, plain } from '../compliance/paper';
import { findEntity } from '../portal/catalog';
import { PortalClient } from '../portal/PortalClient';
import { clientOf } from '../portal/session';
import {
  findTemplate,
  listTemplates,
  PortalTemplate,
} from '../portal/templates';
import { paintWith } from '../terminal/colours';
import { notAsked, readSet, readValues } from './answers';
import { askForm, isSecret } from './askForm';
import { SCAFFOLD_NEW } from './definitions';
import { Choices, pickerOf } from './entities';
import { followTask, taskPage } from './follow';
import { readForm } from './form';
import { myTeams } from './myTeams';
import {
  Field,
  fieldsOf,
  FormSchema,
  problemsOf,
  Values,
  withDefaults,
} from './schema';
import { fileTree } from './tree';

type Given = ReturnType<
  typeof parse<(typeof SCAFFOLD_NEW)['options']>
>['values'];

/** `waymark scaffold new` */
export async function scaffoldNew(
  args: string[],
  context: Context,
): Promise<number> {
  const { values: given, positionals } = parse(SCAFFOLD_NEW, args);
  if (positionals.length > 0) {
    throw new InputError(
      `${positionals[0]} is too much: names go by --template and --name.`,
    );
  }
  const client = clientOf(given.portal, context);
  const template = await chooseTemplate(client, given, context);
  warn(template, context);
  const pages = await readForm(client, template.ref);
  const { values, secrets } = await answer(client, pages, given, context);

  if (given['dry-run']) return dryRun(client, template, values, given, context);
  if (
    context.ask &&
    !given.yes &&
    !(await isAgreed(template, values, context))
  ) {
    throw new Error('Nothing was made.');
  }
  const { id } = await client.post(
    '/api/scaffolder/v2/tasks',
    { templateRef: template.ref, values, secrets },
    z.object({ id: z.string() }),
  );
  const taskUrl = taskPage(client.url, id);
  if (!given['no-wait']) return followTask(client, id, given, context);
  context.out(
    given.json
      ? `${JSON.stringify({ taskId: id, taskUrl }, null, 2)}\n`
      : `It is under way: ${taskUrl}\nFollow it with: waymark scaffold watch ${id}\n`,
  );
  return 0;
}

async function chooseTemplate(
  client: PortalClient,
  { template, yes }: Given,
  { ask, note }: Context,
): Promise<PortalTemplate> {
  if (template) return findTemplate(client, template);
  if (!ask || yes) {
    throw new InputError(
      'Which golden path? Name it by --template; waymark templates list names them.',
    );
  }
  const offered = (await listTemplates(client)).filter(
    ({ lifecycle }) => lifecycle !== 'deprecated',
  );
  if (offered.length === 0) {
    throw new InputError(`${client.url} has no golden path that you may take.`);
  }
  note(
    offered
      .map(
        ({ name, title }, index) =>
          `  ${index + 1}  ${plain(title)} (${name})\n`,
      )
      .join(''),
  );
  for (;;) {
    const text = (await ask('Golden path? ')).trim();
    const chosen =
      offered[Number(text) - 1] ?? offered.find(({ name }) => name === text);
    if (chosen) return chosen;
    note(`Choose 1 to ${offered.length}, or a name.\n`);
  }
}

/** @throws InputError where nothing is made from it any more */
function warn(
  { name, lifecycle, sunset, successor }: PortalTemplate,
  { note }: Context,
) {
  if (lifecycle !== 'deprecated') return;
  const next = successor
    ? ` Take ${successor.replace(/^.*\//, '')} instead.`
    : '';
  const today = new Date().toISOString().slice(0, 10);
  if (sunset && sunset <= today) {
    throw new InputError(
      `Nothing is made from ${name} any more since ${sunset}.${next}`,
    );
  }
  note(
    `${name} is on its way out${
      sunset ? `: it ends on ${sunset}` : ''
    }.${next}\n`,
  );
}

async function answer(
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

async function dryRun(
  client: PortalClient,
  template: PortalTemplate,
  values: Values,
  given: Given,
  context: Context,
): Promise<number> {
  const preview = await client.post(
    '/api/golden-paths/preview',
    { templateRef: template.ref, values },
    previewSchema,
  );
  if (given.json) {
    context.out(
      `${JSON.stringify({ template, values, ...preview }, null, 2)}\n`,
    );
  } else if (preview.result === 'files') {
    const paint = paintWith(context.colours);
    const size = preview.files.length;
    context.out(
      `${fileTree(preview.files, paint)}\n${size} ${
        size === 1 ? 'file' : 'files'
      } would be made from ${template.name} ${
        template.version ?? ''
      }. Nothing was made.\n`,
    );
  } else {
    const paper = new Paper(context.colours === true);
    paper.line('Nothing can be made of these answers yet:');
    for (const { title, message } of preview.problems) {
      paper.entry(`${plain(title)}: `, message, 2);
    }
    context.out(paper.toString());
  }
  return preview.result === 'files' ? 0 : 1;
}

async function isAgreed(
  { title, version }: PortalTemplate,
  values: Values,
  { ask, note }: Context,
): Promise<boolean> {
  const shown = Object.entries(values).map(
    ([name, value]) =>
      `  ${name}: ${plain(
        typeof value === 'string' ? value : JSON.stringify(value),
      )}\n`,
  );
  note(`\n${plain(title)} ${version ?? ''}\n${shown.join('')}\n`);
  return /^(y|yes)?$/i.test((await ask!('Make it? [Y/n] ')).trim());
}
