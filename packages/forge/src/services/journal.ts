import { randomUUID } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { Account } from '../accounts';
import { Context } from '../context';
import { isSha } from '../names';
import { announce, reconcile, RefUpdate } from './announce';

/** Repositories looked at side by side at the start. */
const WORKERS = 8;

const entrySchema = z.object({ repository: z.number(), actor: z.string() });

/** A push about to be made: its name in the journal and what the hook notes. */
export function openEntry(
  context: Context,
  repositoryId: number,
  actor: Account,
): { id: string; env: Record<string, string> } {
  const id = randomUUID();
  return {
    id,
    env: {
      FORGE_JOURNAL: context.journalDir,
      FORGE_PUSH_ID: id,
      FORGE_PUSH: JSON.stringify({
        repository: repositoryId,
        actor: actor.login,
      }),
    },
  };
}

/** Announces a push from its journal entry; without one nothing was pushed. */
export async function closeEntry(context: Context, id: string): Promise<void> {
  const file = join(context.journalDir, id);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return;
    }
    throw error;
  }
  const [head, ...lines] = text.split('\n');
  const entry = entrySchema.parse(JSON.parse(head));
  const updates = lines.map(parseLine).filter(line => line !== undefined);
  await announce(
    context,
    entry.repository,
    context.accounts.known(entry.actor),
    updates,
  );
  await rm(file, { force: true });
}

function parseLine(line: string): RefUpdate | undefined {
  const [before, after, ref] = line.split(' ');
  return isSha(before) && isSha(after ?? '') && ref
    ? { before, after, ref }
    : undefined;
}

/** Catches up with what a kill left undone. */
export async function catchUp(context: Context): Promise<void> {
  for (const name of await readdir(context.journalDir)) {
    if (name.startsWith('.')) {
      await rm(join(context.journalDir, name), { force: true });
    } else {
      await closeEntry(context, name).catch(error =>
        context.options.logger.error(
          `Push ${name} could not be announced: ${error.message}`,
        ),
      );
    }
  }
  const left = context.store.repositories.list().values();
  const work = async () => {
    for (const repository of left) {
      await reconcile(context, repository).catch(error =>
        context.options.logger.error(
          `Repository ${repository.owner}/${repository.name} is damaged: ${error.message}`,
        ),
      );
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
}
