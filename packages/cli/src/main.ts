import { templatesCommand } from './templates/command';

async function main([command, ...args]: string[]): Promise<number> {
  const root = process.env.WAYMARK_ROOT;
  if (!root) throw new Error('WAYMARK_ROOT is not set: use ./waymark');
  if (command !== 'templates') throw new Error(`There is no ${command}.`);
  return templatesCommand(args, {
    root,
    out: text => process.stdout.write(text),
    progress: text => process.stderr.write(`  … ${text}\n`),
  });
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    process.stderr.write(`\n${(error as Error).message}\n`);
    process.exit(2);
  },
);
