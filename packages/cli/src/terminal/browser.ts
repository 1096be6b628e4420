import { spawn } from 'node:child_process';

/**
 * Shows a page in the browser of whoever is at this machine; `BROWSER` names
 * another one.
 *
 * @returns whether a browser was started
 */
export function openBrowser(
  url: string,
  env: NodeJS.ProcessEnv,
): Promise<boolean> {
  const [program, ...args] = browserOf(env, process.platform);
  return new Promise(resolve => {
    const child = spawn(program, [...args, url], {
      detached: true,
      env,
      stdio: 'ignore',
    });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function browserOf(env: NodeJS.ProcessEnv, platform: string): string[] {
  if (env.BROWSER) return [env.BROWSER];
  if (platform === 'darwin') return ['open'];
  // `start` would read `&` in the address as the end of the command.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}
