import { promisify } from 'node:util';
import {
  zstdCompress,
  zstdCompressSync,
  zstdDecompress,
  zstdDecompressSync,
} from 'node:zlib';

const compressAside = promisify(zstdCompress);
const decompressAside = promisify(zstdDecompress);
/** In bytes; for less, another thread costs more than it saves. */
export const LITTLE = 64 * 1024;

/** A body as it is stored. */
export async function compress(body: Buffer): Promise<Buffer> {
  const options = { pledgedSrcSize: body.length };
  return body.length > LITTLE
    ? compressAside(body, options)
    : zstdCompressSync(body, options);
}

/**
 * A body as it was sent.
 *
 * @param size - of it, in bytes
 * @throws Error where this is not what was stored
 */
export async function decompress(body: Buffer, size: number): Promise<Buffer> {
  return size > LITTLE ? decompressAside(body) : zstdDecompressSync(body);
}
