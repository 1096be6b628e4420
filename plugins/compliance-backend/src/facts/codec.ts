import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** JSON as it is stored: a repository's files are a tenth of their size then. */
export function encode(json: string): Buffer {
  return zstdCompressSync(json);
}

/** What {@link encode} was given. */
export function decode(stored: Uint8Array): string {
  return zstdDecompressSync(stored).toString('utf8');
}

/** Tells whether data is what it was. */
export function hashOf(json: string): string {
  return createHash('sha256').update(json).digest('hex');
}
