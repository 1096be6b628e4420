import { InputError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { Paper, plain } from '../compliance/paper';
import { clientOf } from '../portal/session';
import {
  findTemplate,
  listTemplates,
  PortalTemplate,
} from '../portal/templates';
import { readForm } from '../scaffold/form';
import { Field, fieldsOf, FormSchema, withDefaults } from '../scaffold/schema';
import { TEMPLATES_LIST, TEMPLATES_SHOW } from './definitions';

/** `waymark templates list`, of a portal. */
export async function listOfPortal(
  args: string[],
  context: Context,
): Promise<number> {
  const { values, positionals } = parse(TEMPLATES_LIST, args);
  if (positionals.length > 0) {
    throw new InputError(`list takes no names: not ${positionals.join(', ')}`);
  }
  const templates = await listTemplates(clientOf(values.portal, context));
  if (values.json) {
    context.out(`${JSON.stringify(templates, null, 2)}\n`);
    return 0;
  }
  const width = Math.max(0, ...templates.map(({ name }) => name.length));
  for (const { name, version = '', lifecycle, title } of templates) {
    context.out(
      `${name.padEnd(width)}  ${version.padEnd(8)} ${lifecycle.padEnd(
        11,
      )} ${plain(title)}\n`,
    );
  }
  return 0;
}

/** `waymark templates show` */
export async function showOfPortal(
  args: string[],
  context: Context,
): Promise<number> {
  const { values, positionals } = parse(TEMPLATES_SHOW, args);
  if (positionals.length !== 1) {
    throw new InputError('Which golden path? One NAME at a time.');
  }
  const client = clientOf(values.portal, context);
  const template = await findTemplate(client, positionals[0]);
  const pages = await readForm(client, template.ref);
  if (values.json) {
    context.out(`${JSON.stringify({ ...template, form: pages }, null, 2)}\n`);
  } else {
    context.out(shown(template, pages, context.colours === true));
  }
  return 0;
}

function shown(
  template: PortalTemplate,
  pages: readonly FormSchema[],
  colours: boolean,
): string {
  const { name, title, version, lifecycle, sunset, successor } = template;
  const paper = new Paper(colours);
  paper.line(`${paper.style('bold', plain(title))} (${name} ${version ?? ''})`);
  if (template.description) paper.entry('', template.description, 2);
  paper.line();
  const state = [
    lifecycle,
    sunset && `until ${sunset}`,
    successor && `then ${successor}`,
  ];
  paper.entry('State  ', state.filter(Boolean).join(', '), 2);
  if (template.owner) paper.entry('Owner  ', template.owner, 2);
  const answers = withDefaults(pages, {});
  for (const page of pages) {
    paper.line();
    paper.line(paper.style('bold', plain(page.title ?? 'Questions')));
    for (const field of fieldsOf(page, answers)) {
      paper.entry(`${field.name}  `, wordsOf(field), 2);
    }
  }
  paper.line();
  paper.line(`waymark scaffold new --template ${name}`);
  return paper.toString();
}

function wordsOf({ title, schema, required }: Field): string {
  const { enum: choices, default: fallback } = schema;
  return [
    title,
    choices && `one of ${choices.join(', ')}`,
    required && 'needed',
    fallback !== undefined && `${JSON.stringify(fallback)} unless said`,
  ]
    .filter(Boolean)
    .join('; ');
}
