import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { plain } from '../compliance/paper';
import { clientOf } from '../portal/session';
import { PortalTemplate } from '../portal/templates';
import { answerForm } from './answerForm';
import { chooseTemplate } from './chooseTemplate';
import { SCAFFOLD_NEW } from './definitions';
import { dryRun } from './dryRun';
import { followTask, taskPage } from './follow';
import { readForm } from './form';
import { Values } from './schema';

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
  const pages = await readForm(client, template.ref);
  const { values, secrets } = await answerForm(client, pages, given, context);

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
