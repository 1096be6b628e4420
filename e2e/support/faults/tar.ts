import { gzipSync } from 'node:zlib';

/** One entry of an archive: a file, or a link to somewhere. */
export type TarEntry =
  | { path: string; content: string }
  | { path: string; link: string; hard?: boolean };

/** Writes an archive as no honest tool would: with any paths and links. */
export function tarGz(entries: TarEntry[]): Buffer {
  const blocks = entries.flatMap(entry => {
    const content = Buffer.from('content' in entry ? entry.content : '');
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [header(entry, content.length), content, padding];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

function header(entry: TarEntry, size: number): Buffer {
  const block = Buffer.alloc(512);
  block.write(entry.path, 0);
  block.write('0000644\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  if ('link' in entry) {
    block.write(entry.hard ? '1' : '2', 156);
    block.write(entry.link, 157);
  } else {
    block.write('0', 156);
  }
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
