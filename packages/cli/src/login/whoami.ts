import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { Paper } from '../compliance/paper';
import { clientOf } from '../portal/session';
import { WHOAMI } from './definitions';
import { readPerson } from './person';

/** `waymark whoami` */
export async function whoami(
  args: string[],
  context: Context,
): Promise<number> {
  const { values } = parse(WHOAMI, args);
  const client = clientOf(values.portal, context);
  const person = await readPerson(client);
  if (values.json) {
    const told = { portal: client.url, ...person };
    context.out(`${JSON.stringify(told, null, 2)}\n`);
    return 0;
  }
  const paper = new Paper(context.colours === true);
  paper.line(`${paper.style('bold', person.title)} (${person.ref})`);
  paper.entry('Portal  ', client.url, 2);
  paper.entry('Teams   ', person.teams.join(', ') || 'none', 2);
  context.out(paper.toString());
  return 0;
}
