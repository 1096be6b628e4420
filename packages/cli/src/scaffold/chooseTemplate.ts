import { InputError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { plain } from '../compliance/paper';
import { PortalClient } from '../portal/PortalClient';
import {
  findTemplate,
  listTemplates,
  PortalTemplate,
} from '../portal/templates';
import { Given } from './definitions';

/**
 * The golden path that is named, or else chosen from a list.
 *
 * @throws InputError where none is, or nothing is made from it any more
 */
export async function chooseTemplate(
  client: PortalClient,
  { template, yes }: Given,
  context: Context,
): Promise<PortalTemplate> {
  const { ask } = context;
  if (!template && (!ask || yes)) {
    throw new InputError(
      'Which golden path? Name it by --template; waymark templates list names them.',
    );
  }
  const chosen = template
    ? await findTemplate(client, template)
    : await pick(client, context);
  warn(chosen, context);
  return chosen;
}

async function pick(
  client: PortalClient,
  { ask, note }: Context,
): Promise<PortalTemplate> {
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
    const text = (await ask!('Golden path? ')).trim();
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
