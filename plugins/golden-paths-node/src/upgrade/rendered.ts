import { Tree, TreeEntry } from './tree';

/** A file as the dry run makes it. */
export interface RenderedFile {
  path: string;
  content: Buffer;
  executable: boolean;
}

/**
 * What the dry run makes, as git keeps it.
 *
 * @param executable - paths that are programs although the dry run forgot it
 */
export function renderedTree(
  files: readonly RenderedFile[],
  executable: ReadonlySet<string>,
): Tree {
  return new Map(
    files.map(({ path, content, ...file }): [string, TreeEntry] => [
      path,
      {
        mode: file.executable || executable.has(path) ? '100755' : '100644',
        content,
      },
    ]),
  );
}
