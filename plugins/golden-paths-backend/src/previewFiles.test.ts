import { MadeFile } from './engine';
import { LIMITS } from './limits';
import { previewFiles } from './previewFiles';

const file = (path: string, content: string | Buffer): MadeFile => ({
  path,
  content: Buffer.from(content),
  executable: false,
});
const none = new Set<string>();

describe('previewFiles', () => {
  it('shows a text up to the limit, in whole characters', () => {
    const [exact, over] = previewFiles(
      [
        file('a', 'x'.repeat(LIMITS.made.content)),
        file('b', `${'x'.repeat(LIMITS.made.content - 1)}€`),
      ],
      none,
    );
    expect(exact.truncated).toBe(false);
    expect(over.truncated).toBe(true);
    expect(over.content).toBe('x'.repeat(LIMITS.made.content - 1));
    expect(over.size).toBe(LIMITS.made.content + 2);
  });

  it('lists every file where there is too much text to show', () => {
    const { content, contents } = LIMITS.made;
    const count = contents / content + 2;
    const files = previewFiles(
      Array.from({ length: count }, (_, i) =>
        file(String(i).padStart(4, '0'), 'x'.repeat(content)),
      ),
      none,
    );
    expect(files).toHaveLength(count);
    expect(files.filter(({ truncated }) => truncated)).toHaveLength(2);
    expect(files.at(-1)?.content).toBe('');
  });

  it('tells text from other files', () => {
    const binary = (content: string | Buffer) =>
      previewFiles([file('a', content)], none)[0].binary;
    expect(binary('')).toBe(false);
    expect(binary('Ünïcödé 🫖')).toBe(false);
    expect(binary('a\0b')).toBe(true);
    expect(binary(Buffer.from([0xff, 0xfe, 0x41]))).toBe(true);
  });

  it('refuses more files than anybody looks through', () => {
    const many = Array.from({ length: LIMITS.made.files + 1 }, (_, i) =>
      file(String(i), ''),
    );
    expect(() => previewFiles(many, none)).toThrow(/at most 2000/);
  });
});
