import { mergeTrees } from './mergeTrees';
import { Tree } from './tree';
import { lines, textsOf, treeOf } from './__testUtils__/trees';

const labels = { ours: 'yours', theirs: 'golden-path-2.1.0' };
const text = lines('line');

const merge = async (sides: {
  base: Tree;
  ours: Tree;
  theirs: Tree;
  stamps?: { from: string; to: string }[];
}) => {
  const { tree, conflicts } = await mergeTrees({ ...sides, labels });
  return {
    files: textsOf(tree),
    conflicts: conflicts.map(({ path, kind }) => `${kind} ${path}`),
    messages: conflicts.map(({ message }) => message),
  };
};

describe('mergeTrees', () => {
  it('brings the change of a template to where the owners moved the file', async () => {
    const { files, conflicts } = await merge({
      base: treeOf({ 'src/a.ts': text }),
      ours: treeOf({ 'app/b.ts': `${text}own\n` }),
      theirs: treeOf({ 'src/a.ts': `new\n${text}` }),
    });
    expect(files).toEqual({ 'app/b.ts': `new\n${text}own\n` });
    expect(conflicts).toEqual([]);
  });

  it('keeps both sides of the same lines between markers', async () => {
    const { files, conflicts } = await merge({
      base: treeOf({ a: text, added: 'x\n' }),
      ours: treeOf({
        a: text.replace('line 3', 'own'),
        added: 'x\n',
        b: 'me\n',
      }),
      theirs: treeOf({
        a: text.replace('line 3', 'new'),
        added: 'x\n',
        b: 'it\n',
      }),
    });
    expect(files).toEqual({
      a: text.replace(
        'line 3\n',
        '<<<<<<< yours\nown\n=======\nnew\n>>>>>>> golden-path-2.1.0\n',
      ),
      added: 'x\n',
      b: '<<<<<<< yours\nme\n=======\nit\n>>>>>>> golden-path-2.1.0\n',
    });
    expect(conflicts).toEqual(['both a', 'both b']);
  });

  it('takes what only one side added, removed or made a program', async () => {
    const { files, conflicts } = await merge({
      base: treeOf({ run: text, gone: 'x\n', left: 'y\n', both: 'z\n' }),
      ours: treeOf({ '*run': text, gone: 'x\n', both: 'z\n', same: '1\n' }),
      theirs: treeOf({
        run: `new\n${text}`,
        left: 'y\n',
        '*both': 'z\n',
        same: '1\n',
        '*tool': '#\n',
      }),
    });
    expect(files).toEqual({
      '*run': `new\n${text}`,
      '*both': 'z\n',
      same: '1\n',
      '*tool': '#\n',
    });
    expect(conflicts).toEqual([]);
  });

  it('leaves a file as the owners have it where one side removed it', async () => {
    const { files, conflicts, messages } = await merge({
      base: treeOf({ edited: text, removed: text }),
      ours: treeOf({ edited: `${text}own\n` }),
      theirs: treeOf({ removed: `${text}new\n` }),
    });
    expect(files).toEqual({ edited: `${text}own\n` });
    expect(conflicts).toEqual(['kept edited', 'kept removed']);
    expect(messages).toEqual([
      expect.stringContaining('yours stays'),
      expect.stringContaining('it stays removed'),
    ]);
  });

  it('never mixes what is no text', async () => {
    const binary = (end: string) => Buffer.from(`\0\u0001${end}`);
    const { files, conflicts } = await merge({
      base: treeOf({ logo: binary('a'), font: binary('a') }),
      ours: treeOf({ logo: binary('own'), font: binary('a') }),
      theirs: treeOf({ logo: binary('new'), font: binary('new') }),
    });
    expect(files).toEqual({ logo: '\0\u0001own', font: '\0\u0001new' });
    expect(conflicts).toEqual(['kept logo']);
  });

  it('merges through another line ending, and keeps the one of the owners', async () => {
    const windows = (unix: string) => unix.replace(/\n/g, '\r\n');
    const { files, conflicts } = await merge({
      base: treeOf({ a: text, b: text, c: windows(text), d: text }),
      ours: treeOf({
        a: windows(`own\n${text}`),
        b: `own\n${text}`,
        c: windows(`own\n${text}`),
        d: `own\r\n${text}`,
      }),
      theirs: treeOf({
        a: `${text}new\n`,
        b: windows(`${text}new\n`),
        c: windows(`${text}new\n`),
        d: `${text}new\n`,
      }),
    });
    expect(files).toEqual({
      a: windows(`own\n${text}new\n`),
      b: windows(`own\n${text}new\n`),
      c: windows(`own\n${text}new\n`),
      d: `own\r\n${text}new\n`,
    });
    expect(conflicts).toEqual([]);
  });

  it('keeps the place that the owners gave a file which both moved', async () => {
    const { files, conflicts, messages } = await merge({
      base: treeOf({ a: text, b: lines('other') }),
      ours: treeOf({ mine: `own\n${text}`, b2: `own\n${lines('other', 11)}` }),
      theirs: treeOf({ its: `${text}new\n`, b3: `new\n${lines('other', 11)}` }),
    });
    expect(files.mine).toBe(`own\n${text}new\n`);
    expect(files.b2).toContain('<<<<<<< yours');
    expect(Object.keys(files)).toEqual(['b2', 'mine']);
    expect(conflicts).toEqual(['both b2', 'kept mine']);
    expect(messages[1]).toContain('moved it to its');
  });

  it('puts a new file beside those that the owners moved, and asks', async () => {
    const { files, conflicts } = await merge({
      base: treeOf({ 'src/a': text, 'src/b': lines('b') }),
      ours: treeOf({ 'app/a': text, 'app/b': lines('b') }),
      theirs: treeOf({ 'src/a': text, 'src/b': lines('b'), 'src/c': 'new\n' }),
    });
    expect(Object.keys(files)).toEqual(['app/a', 'app/b', 'app/c']);
    expect(conflicts).toEqual(['moved app/c']);
  });

  it('leaves out what would need a name that the owners use otherwise', async () => {
    const ours = new Map(treeOf({ lib: 'own\n', 'doc/x': 'own\n', c: 'c\n' }));
    ours.set('link', { mode: '120000', content: Buffer.from('/etc') });
    ours.set('sub', { mode: '160000', commit: 'c0ffee'.padEnd(40, '0') });
    const { files, conflicts } = await merge({
      base: treeOf({ c: 'c\n', link: 'was\n' }),
      ours,
      theirs: treeOf({
        c: 'c\n',
        'lib/a': 'new\n',
        doc: 'new\n',
        link: 'new\n',
        'link/b': 'new\n',
        'sub/c': 'new\n',
      }),
    });
    expect(files).toEqual(textsOf(ours));
    expect(conflicts).toEqual([
      'kept doc',
      'kept lib/a',
      'kept link',
      'kept link/b',
      'kept sub/c',
    ]);
  });

  it('follows what the owners moved out of the way of a file or folder of theirs', async () => {
    const other = lines('other');
    const { files, conflicts } = await merge({
      base: treeOf({ 'src/a.ts': text, config: other }),
      ours: treeOf({ 'app/a.ts': text, src: 'own\n', 'config/main': other }),
      theirs: treeOf({ 'src/a.ts': `new\n${text}`, config: `new\n${other}` }),
    });
    expect(files).toEqual({
      'app/a.ts': `new\n${text}`,
      src: 'own\n',
      'config/main': `new\n${other}`,
    });
    expect(conflicts).toEqual([]);
  });

  it('leaves out what the owners removed from there', async () => {
    const ours = treeOf({ src: 'own\n', c: 'c\n' });
    const { files, conflicts } = await merge({
      base: treeOf({ 'src/a.ts': text, c: 'c\n' }),
      ours,
      theirs: treeOf({ 'src/a.ts': `new\n${text}`, c: 'c\n' }),
    });
    expect(files).toEqual(textsOf(ours));
    expect(conflicts).toEqual(['kept src/a.ts']);
  });

  it('lets the template turn a file into a folder and back', async () => {
    const { files, conflicts } = await merge({
      base: treeOf({ a: 'x\n', 'b/c': 'y\n' }),
      ours: treeOf({ a: 'x\n', 'b/c': 'y\n', own: '1\n' }),
      theirs: treeOf({ 'a/d': 'new\n', b: 'new\n' }),
    });
    expect(files).toEqual({ 'a/d': 'new\n', b: 'new\n', own: '1\n' });
    expect(conflicts).toEqual([]);
  });

  it('reads names as they are', async () => {
    const odd = [
      'Ünïcödé ☂',
      '-rf',
      '"q"\\',
      'a b',
      'two\nlines',
      ':(top)x',
      'e\u0301',
    ];
    const named = (end: string) =>
      treeOf(Object.fromEntries(odd.map(name => [name, `${text}${end}`])));
    const plain = (end: string) =>
      new Map([...named(end)].filter(([name]) => !/[\\\n]/.test(name)));
    const { files, conflicts } = await merge({
      base: plain(''),
      ours: named(''),
      theirs: plain('new\n'),
    });
    expect(files).toEqual({
      ...textsOf(named('')),
      ...textsOf(plain('new\n')),
    });
    expect(conflicts).toEqual([]);
  });

  it('moves the pins that the template wrote, and leaves those of the owners', async () => {
    const [from, to, own] = ['a', 'b', 'c'].map(char => char.repeat(40));
    const pins = (one: string, other: string) =>
      `uses: x@${one}\nuses: y@${other}\n`;
    const { files, conflicts } = await merge({
      base: treeOf({ ci: pins(from, from) }),
      ours: treeOf({ ci: `own\n${pins(from, own)}# made at ${from}\n` }),
      theirs: treeOf({ ci: pins(to, to) }),
      stamps: [{ from, to }],
    });
    expect(files.ci).toBe(`own\n${pins(to, own)}# made at ${from}\n`);
    expect(conflicts).toEqual([]);
  });

  it('lets owners write beside the line that says the version', async () => {
    const made = (version: string, ...more: string[]) =>
      `name: a\nversion: ${version}\n${more.join('')}dependency: 11.2.0\n`;
    const { files, conflicts } = await merge({
      base: treeOf({ a: made('1.2.0'), b: made('1.2.0') }),
      ours: treeOf({
        a: made('1.2.0', 'own: 1\n'),
        b: `${made('1.2.0')}${text}version: 1.2.0\n`,
      }),
      theirs: treeOf({ a: made('2.0.0'), b: made('2.0.0') }),
      stamps: [{ from: '1.2.0', to: '2.0.0' }],
    });
    expect(files).toEqual({
      a: made('2.0.0', 'own: 1\n'),
      b: `${made('2.0.0')}${text}version: 1.2.0\n`,
    });
    expect(conflicts).toEqual([]);
  });

  it('runs nothing that a tree brings with it', async () => {
    const attributes = '* merge=union filter=evil diff=evil text eol=crlf\n';
    const config = '[merge "union"]\n\tdriver = touch /tmp/evil\n';
    const { files } = await merge({
      base: treeOf({ '.gitattributes': attributes, a: 'x\n' }),
      ours: treeOf({ '.gitattributes': attributes, a: 'own\n', config }),
      theirs: treeOf({ '.gitattributes': attributes, a: 'new\n' }),
    });
    expect(files.a).toContain('<<<<<<< yours\nown\n=======\nnew\n>>>>>>>');
  });

  it.each([
    '../x',
    '/etc/x',
    'a//b',
    'a/./b',
    'a/',
    '',
    '.git/config',
    'a/.GIT/hooks/x',
    'git~1/x',
    '.git /x',
    '.git::$INDEX_ALLOCATION/x',
    '.g\u200cit/x',
    'a\0b',
    'a\\..\\b',
    'a\nb',
  ])('refuses a template that makes %j', async path => {
    const theirs = treeOf({ [path]: 'x' });
    await expect(
      merge({ base: new Map(), ours: new Map(), theirs }),
    ).rejects.toThrow(/The new version of the template has .*(refused|plain)/);
  });

  it('refuses a template that makes links', async () => {
    const theirs: Tree = new Map([
      ['a', { mode: '120000', content: Buffer.from('/etc') }],
    ]);
    await expect(
      merge({ base: new Map(), ours: new Map(), theirs }),
    ).rejects.toThrow(/"a", which is no plain file/);
  });
});
