import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

let folder: string | undefined;

/**
 * A file or a folder of what the packed file brings along, in a folder of this
 * process alone: the rules run in a thread, which is loaded from a file.
 *
 * @param files - in base64, by their paths
 */
export function unpacked(
  files: Readonly<Record<string, string>>,
  path: string,
): string {
  folder ??= unpack(files);
  return join(folder, path);
}

function unpack(files: Readonly<Record<string, string>>): string {
  const own = mkdtempSync(join(tmpdir(), 'waymark-rules-'));
  process.once('exit', () => rmSync(own, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    const file = join(own, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content, 'base64');
  }
  return own;
}
