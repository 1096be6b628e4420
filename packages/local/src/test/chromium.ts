import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { runCommand } from './command';
import { StartError } from '../fail';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/**
 * Finds the browser for the browser tests, installing Debian's where that is
 * possible.
 *
 * @returns its path
 * @throws StartError where there is none
 */
export async function ensureChromium(root: string): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    await runCommand('apt-get', ['update', '-qq'], { cwd: root });
    await runCommand(
      'apt-get',
      ['install', '-qq', '-y', '--no-install-recommends', 'chromium'],
      { cwd: root },
    );
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new StartError(
    'The browser tests need Chromium.',
    'Install it (on Debian: sudo apt-get install chromium) or name one by CHROMIUM_PATH, then test again.',
  );
}

/** The path of the browser, where this machine has one. */
export function findChromium(): string | undefined {
  const own = process.env.CHROMIUM_PATH;
  if (own && existsSync(own)) return own;
  return NAMES.map(onPath).find(Boolean);
}

function onPath(name: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v "$0"', name], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}
