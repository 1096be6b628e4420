import { InputError } from '@backstage/errors';
import { Opa } from './opa';
import { Sources } from './sources';

const IMPORT = /^import data\.waymark\.lib\.(\w+)$/gm;

/** The file of a module of the library. */
export function libraryFile(name: string): string {
  return `lib/${name}.rego`;
}

/**
 * Modules of `lib/` that texts of Rego import, and those that these do; sorted.
 *
 * @param also - modules that are wanted beside them
 */
export function librariesOf(
  { files, read }: Sources,
  texts: readonly string[],
  also: readonly string[] = [],
): string[] {
  const imports = (text: string) =>
    [...text.matchAll(IMPORT)].map(([, name]) => name);
  const found = new Set([...also, ...texts.flatMap(imports)]);
  // A set goes on to what is added while it is walked through.
  for (const name of found) {
    const file = libraryFile(name);
    if (!files.includes(file)) {
      throw new InputError(`policies/: there is no ${file}`);
    }
    imports(read(file)).forEach(other => found.add(other));
  }
  return [...found].sort();
}

/** What a reference such as `data.waymark.lib.settings` says. */
export async function valueOf(opa: Opa, reference: string): Promise<unknown> {
  const { result } = JSON.parse(
    await opa(['eval', '--format', 'json', '--data', '.', reference]),
  ) as { result?: { expressions: { value: unknown }[] }[] };
  if (!result) throw new InputError(`policies/: there is no ${reference}`);
  return result[0].expressions[0].value;
}
