import { ConflictError } from '@backstage/errors';
import { LIMITS } from './limits';

/**
 * Ends a download that is larger than what would be read of it.
 *
 * @param tests - where files lie that are not wanted, such as `tests/`
 * @param words - what the ConflictError says
 */
export function boundedFilter(tests: string, words: string) {
  let [files, bytes] = [0, 0];
  return (path: string, info?: { size: number }) => {
    if (path.startsWith(tests)) return false;
    files += 1;
    bytes += info?.size ?? 0;
    // Folders are entries too, and their number is no more than that of files.
    if (files > 2 * LIMITS.source.files || bytes > LIMITS.source.bytes) {
      throw new ConflictError(words);
    }
    return true;
  };
}
