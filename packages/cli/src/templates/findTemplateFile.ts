import { DryRunFile } from '@waymark/backstage-plugin-golden-paths-node';

/**
 * Finds the one file without whose text rendering no longer fails, by halves.
 *
 * @param fails - whether it still fails the same way with these contents
 * @returns its path in the golden path's folder
 */
export async function findTemplateFile(
  contents: readonly DryRunFile[],
  fails: (contents: DryRunFile[]) => Promise<boolean>,
): Promise<string | undefined> {
  let suspects = contents.filter(({ path }) => path.endsWith('.njk'));
  while (suspects.length > 1) {
    const half = suspects.slice(0, suspects.length / 2);
    const rest = suspects.slice(half.length);
    const failing = await fails(without(contents, rest));
    suspects = failing ? half : rest;
  }
  return suspects.at(0)?.path.replace(/^_layers\//, '../_layers/');
}

function without(contents: readonly DryRunFile[], left: DryRunFile[]) {
  return contents.filter(file => !left.includes(file));
}
