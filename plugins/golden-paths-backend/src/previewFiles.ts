import { isUtf8 } from 'node:buffer';
import { ConflictError } from '@backstage/errors';
import { PreviewFile } from '@waymark/backstage-plugin-golden-paths-common';
import { MadeFile } from './engine';
import { LIMITS } from './limits';

const isText = (content: Buffer) => isUtf8(content) && !content.includes(0);

/**
 * What a person is shown of the files made: all of their names and sizes, and
 * as much of their text as a browser shows without trouble.
 *
 * @param executable - paths that are programs although the engine forgot it
 * @throws ConflictError where there are more files than one could look through
 */
export function previewFiles(
  made: MadeFile[],
  executable: ReadonlySet<string>,
): PreviewFile[] {
  const { files, content: perFile, contents } = LIMITS.made;
  if (made.length > files) {
    throw new ConflictError(
      `The template makes ${made.length} files, of which at most ${files} can be shown`,
    );
  }
  let left = contents;
  return [...made]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(file => {
      const { path, content } = file;
      const described = {
        path,
        size: content.length,
        executable: file.executable || executable.has(path),
      };
      if (!isText(content)) {
        return { ...described, binary: true, truncated: false };
      }
      const length = Math.min(content.length, perFile, left);
      left -= length;
      return {
        ...described,
        binary: false,
        content: beginning(content, length),
        truncated: length < content.length,
      };
    });
}

/** As much of a text as fits, without half a character at its end. */
function beginning(content: Buffer, length: number): string {
  let end = length;
  // A byte 10xxxxxx goes on with a character that began before it.
  while (end > 0 && end < content.length && (content[end] & 0xc0) === 0x80) {
    end -= 1;
  }
  return content.toString('utf8', 0, end);
}
