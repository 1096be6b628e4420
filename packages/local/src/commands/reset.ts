import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { StartError } from '../fail';
import { postgresFolder } from '../postgres/identity';
import { CommandContext } from './context';
import { stop } from './stop';

/**
 * `waymark reset`: forgets every repository and row of laptop mode. Shows what
 * goes and asks first; `--yes` answers for programs.
 */
export async function reset(
  context: CommandContext,
  yes: boolean,
): Promise<number> {
  const { layout } = context;
  const folders = [
    postgresFolder(layout.state),
    layout.forge,
    join(layout.state, 'techdocs'),
    layout.history,
    layout.logs,
    layout.secrets,
  ].filter(path => existsSync(path));
  if (folders.length === 0) {
    process.stdout.write('There is nothing to reset.\n');
    return 0;
  }
  process.stdout.write(
    `This deletes every repository, task and setting of laptop mode:\n${folders
      .map(path => `  ${path}\n`)
      .join('')}`,
  );
  if (!yes && !(await confirmed())) {
    process.stdout.write('Nothing was deleted.\n');
    return 1;
  }
  await stop(context);
  for (const path of folders) rmSync(path, { recursive: true, force: true });
  const postgres = dirname(postgresFolder(layout.state));
  if (postgres !== layout.state)
    rmSync(postgres, { recursive: true, force: true });
  process.stdout.write('Deleted. The next start begins anew.\n');
  return 0;
}

async function confirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new StartError(
      'There is no terminal to ask on.',
      'Add --yes to delete without asking.',
    );
  }
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  try {
    return /^y(es)?$/i.test(await terminal.question('Delete it? [y/N] '));
  } finally {
    terminal.close();
  }
}
