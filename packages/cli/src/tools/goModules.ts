import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A folder of `tools/` whose go.mod pins programs by `tool` directives. */
export interface GoModule {
  folder: string;
  /** Where its programs are put, one folder for each state of the module. */
  built: string;
  /** Program to the package that it is built from. */
  programs: ReadonlyMap<string, string>;
}

/** Every module of Go tools in a checkout. */
export function goModules(root: string): GoModule[] {
  const tools = join(root, 'tools');
  if (!existsSync(tools)) return [];
  return readdirSync(tools)
    .sort()
    .map(name => ({ name, folder: join(tools, name) }))
    .filter(({ folder }) => existsSync(join(folder, 'go.sum')))
    .map(({ name, folder }) => {
      const mod = readFileSync(join(folder, 'go.mod'), 'utf8');
      const hash = createHash('sha256')
        .update(mod)
        .update(readFileSync(join(folder, 'go.sum')))
        .digest('hex');
      return {
        folder,
        built: join(root, '.waymark/tools', `${name}-${hash.slice(0, 16)}`),
        programs: new Map(toolsOf(mod).map(tool => [programOf(tool), tool])),
      };
    });
}

/** The packages of the `tool` directives. */
function toolsOf(mod: string): string[] {
  const blocks = [...mod.matchAll(/^tool \(\n([^)]*)\)/gm)].flatMap(
    ([, block]) => block.split('\n'),
  );
  const single = [...mod.matchAll(/^tool ([^\s(]+)$/gm)].map(
    ([, tool]) => tool,
  );
  return [...blocks.map(line => line.trim()), ...single].filter(Boolean);
}

/** A program is called as its package, a major version left out. */
function programOf(tool: string): string {
  return basename(tool.replace(/\/v\d+$/, ''));
}
