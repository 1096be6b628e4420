import { InputError, NotFoundError } from '@backstage/errors';
import type { Context } from '../commands/Context';
import { parse } from '../commands/definition';
import { findEntity, pageOf } from '../portal/catalog';
import { tokenOf } from '../portal/download';
import { clientOf, portalOf, tokenFor } from '../portal/session';
import { openBrowser } from '../terminal/browser';
import { OPEN } from './definitions';
import { subjectOf } from './subject';

const isSignedIn = (portal: string, { env }: Context) =>
  tokenFor(portal, env).then(Boolean, () => false);

/** `waymark open` */
export async function open(args: string[], context: Context): Promise<number> {
  const { values, positionals } = parse(OPEN, args);
  if (positionals.length > 1) throw new InputError('One at a time.');
  const { cwd, env, note, out } = context;
  const ref = subjectOf(positionals[0], cwd);
  const portal = portalOf(values.portal, context);
  const url = pageOf(portal, ref);
  if (values.json) {
    out(`${JSON.stringify({ entityRef: ref, url }, null, 2)}\n`);
    return 0;
  }
  if (values.print) {
    out(`${url}\n`);
    return 0;
  }
  // Who is signed in is told of a slip of the pen; the browser asks the others.
  if (tokenOf(env) || (await isSignedIn(portal, context))) {
    const found = await findEntity(clientOf(values.portal, context), ref);
    if (!found)
      throw new NotFoundError(`${portal} has no ${ref} in its catalog.`);
  }
  if (!(await openBrowser(url, env))) {
    throw new Error(`No browser could be started here. The page is ${url}`);
  }
  note(`Opened ${url}\n`);
  return 0;
}
