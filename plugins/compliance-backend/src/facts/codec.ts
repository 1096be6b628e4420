import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Data as it is stored: a repository's files are a tenth of their size then. */
export function encode(data: unknown): Buffer {
  return zstdCompressSync(JSON.stringify(data));
}

/** What {@link encode} has made. */
export function decode(stored: Uint8Array): unknown {
  return JSON.parse(zstdDecompressSync(stored).toString('utf8'));
}

/** Tells whether data is what it was. */
export function hashOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}
