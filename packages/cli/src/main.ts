import { createInterface } from 'node:readline/promises';
import { adoptCommand } from './adopt/command';
import { complianceCommand } from './compliance/command';
import { policiesCommand } from './policies/command';
import { templatesCommand } from './templates/command';
import { upgradeCommand } from './upgrade/command';

const COMMANDS = new Map([
  ['adopt', adoptCommand],
  ['compliance', complianceCommand],
  ['policies', policiesCommand],
  ['templates', templatesCommand],
  ['upgrade', upgradeCommand],
]);

async function main([command, ...args]: string[]): Promise<number> {
  const root = process.env.WAYMARK_ROOT;
  if (!root) throw new Error('WAYMARK_ROOT is not set: use ./waymark');
  const run = COMMANDS.get(command);
  if (!run) throw new Error(`There is no ${command}.`);
  return run(args, {
    root,
    out: text => process.stdout.write(text),
    colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
    progress: text => process.stderr.write(`  … ${text}\n`),
    ask: process.stdin.isTTY ? ask : undefined,
  });
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface(process.stdin, process.stderr);
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

// `… | head` has read enough: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    process.stderr.write(`\n${(error as Error).message}\n`);
    process.exit(2);
  },
);
