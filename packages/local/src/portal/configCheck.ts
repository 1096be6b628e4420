import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigSources, loadConfigSchema } from '@backstage/config-loader';
import { AppConfig } from '@backstage/config';
import { StartError } from '../fail';
import { Layout } from '../layout';
import { Progress } from '../progress';
import { configFiles } from './environment';

/**
 * Checks the configuration against the schemas of everything installed, when
 * there is an app-config.local.yaml that was not checked yet: a backend reads
 * a value only when it needs it, and its own words come late.
 *
 * @throws StartError with each key and what is wrong with its value
 */
export async function checkLocalConfig(
  layout: Layout,
  env: NodeJS.ProcessEnv,
  progress: Progress,
) {
  const { root } = layout;
  if (!existsSync(join(root, 'app-config.local.yaml'))) return;
  const files = configFiles(root);
  const content = hashOf(files);
  const stamp = join(layout.cache, 'config-checked');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === content) return;

  await progress.step('Checking app-config.local.yaml', async () => {
    const schema = await loadConfigSchema({ dependencies: ['app', 'backend'] });
    const configs = await readConfigs(root, files, env);
    try {
      schema.process(configs);
    } catch (error) {
      const { messages = [(error as Error).message] } = error as {
        messages?: string[];
      };
      throw new StartError(
        'app-config.local.yaml has a bad value.',
        messages.map(withKey).join('\n'),
      );
    }
  });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, content);
}

async function readConfigs(
  root: string,
  files: string[],
  env: NodeJS.ProcessEnv,
): Promise<AppConfig[]> {
  const reading = new AbortController();
  const source = ConfigSources.default({
    rootDir: root,
    argv: files.flatMap(file => ['--config', file]),
    watch: false,
    substitutionFunc: async name => env[name],
  });
  for await (const { configs } of source.readConfigData({
    signal: reading.signal,
  })) {
    reading.abort();
    return configs;
  }
  return [];
}

/** The key as it is written in the file, then what is wrong with its value. */
function withKey(message: string): string {
  const found = /^Config (must .*?)(?: \{.*\})? at (\/\S+)$/.exec(message);
  if (!found) return message;
  const [, what, path] = found;
  const allowed = /allowedValues=([^}]*?) *\}/.exec(message)?.[1];
  return `${path.slice(1).replaceAll('/', '.')} ${what}${
    allowed ? `: ${allowed.replaceAll(',', ', ')}` : ''
  }`;
}

function hashOf(files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}
