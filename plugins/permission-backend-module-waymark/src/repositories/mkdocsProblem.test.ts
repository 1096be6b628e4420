import { findMkdocsProblem } from './mkdocsProblem';

describe('findMkdocsProblem', () => {
  it.each([
    ['nothing at all', ''],
    ['the least', 'site_name: x'],
    [
      'a list of extensions',
      'markdown_extensions:\n  - admonition\n  - toc: { permalink: true }',
    ],
    ['what TechDocs itself allows', 'x: !!python/name:materialx.emoji.twemoji'],
  ])('lets %s pass', (_, text) => {
    expect(findMkdocsProblem(text)).toBeUndefined();
  });

  it.each([
    [
      'extensions as a mapping',
      'markdown_extensions:\n  subprocess:Popen: { args: [id] }',
      /as a list/,
    ],
    [
      'extensions by an alias',
      'extra: &a { "subprocess:Popen": {} }\nmarkdown_extensions: *a',
      /as a list/,
    ],
    [
      'extensions by a merge',
      'extra: &a { markdown_extensions: { "subprocess:Popen": {} } }\n<<: *a',
      /as a list/,
    ],
    [
      'extensions from the environment',
      'markdown_extensions: !ENV [NONE, ["subprocess:Popen"]]',
      /tag !ENV/,
    ],
    ['a secret', 'site_name: !ENV [TOKEN, x]', /tag !ENV/],
    ['a tag inside a list', 'nav:\n  - a: !relative x', /tag !relative/],
    ['a list', '- a', /not a mapping/],
    ['a key twice', 'plugins: []\nplugins: [x]', /not valid YAML/],
    ['no YAML', 'a: [', /not valid YAML/],
  ])('finds %s', (_, text, expected) => {
    expect(findMkdocsProblem(text)).toMatch(expected);
  });
});
