import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StartError } from '../fail';
import { Layout } from '../layout';
import { Progress } from '../progress';
import { configFiles } from './environment';

const run = promisify(execFile);

/**
 * Checks the configuration against the schemas of everything installed, when
 * there is an app-config.local.yaml that was not checked yet: a backend reads
 * a value only when it needs it, and its own words come late.
 *
 * @throws StartError with the key and what is wrong with its value
 */
export async function checkLocalConfig(
  layout: Layout,
  env: NodeJS.ProcessEnv,
  progress: Progress,
) {
  const { root } = layout;
  const local = join(root, 'app-config.local.yaml');
  if (!existsSync(local)) return;
  const files = configFiles(root);
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  const content = hash.digest('hex');
  const stamp = join(layout.cache, 'config-checked');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return;

  await progress.step('Checking app-config.local.yaml', async () => {
    try {
      await run(
        process.execPath,
        [
          join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
          'config:check',
          ...files.flatMap(file => ['--config', file]),
        ],
        { cwd: root, env },
      );
    } catch (error) {
      const { stdout = '', stderr = '' } = error as Record<string, string>;
      throw new StartError(
        'app-config.local.yaml has a bad value.',
        configProblem(`${stdout}${stderr}`),
      );
    }
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, content);
}

/**
 * What the check says about values, one line each, with the key as it is
 * written in the file: `techdocs.builder must be string`.
 */
export function configProblem(output: string): string {
  const problems = [...output.matchAll(/Config (must .*?) at (\/\S+)/g)].map(
    ([, what, path]) => `${path.slice(1).replaceAll('/', '.')} ${what}`,
  );
  return problems.length > 0
    ? [...new Set(problems)].join('\n')
    : output.trim();
}
