import { firstParagraph, toPage } from './markdown';

describe('firstParagraph', () => {
  it('is the first that says something, as plain text', () => {
    const readme = `---
title: x
---
# Pricing

[![build](https://ci/badge.svg)](https://ci) ![b](b.svg)

<p align="center"><img src="logo.png"></p>

Prices *every* basket, with \`rules\` of the
[pricing team](docs/team.md): see snake_case.

More.`;
    expect(firstParagraph(readme)).toBe(
      'Prices every basket, with rules of the pricing team: see snake_case.',
    );
    expect(firstParagraph(readme.replaceAll('\n', '\r\n'))).toMatch(/^Prices/);
    expect(firstParagraph('# A\n\n- one two\n\n```\nnot this\n```\n')).toBe(
      undefined,
    );
    expect(firstParagraph('Pricing service\n=====\n\nIt prices it.')).toBe(
      'It prices it.',
    );
  });

  it('is no longer than a description, and holds nothing to carry out', () => {
    const long = `One sentence to begin with. ${'word '.repeat(200)}`;
    expect(firstParagraph(long)!.length).toBeLessThanOrEqual(300);
    const hostile = firstParagraph(
      'Reads\u0000 <script>alert(1)</script> and\u202e more',
    );
    expect(hostile).toBe('Reads alert(1) and more');
  });
});

describe('toPage', () => {
  const page = (text: string) => toPage(text, path => `https://git/${path}`);

  it.each([
    ['<script>alert(1)</script>', '&lt;script>alert(1)&lt;/script>'],
    ['<scr<b>ipt>alert(1)</scr<b>ipt>', '&lt;script>alert(1)&lt;/script>'],
    ['<img src=x onerror=alert(1)>', ''],
    ['<iframe\nsrc="https://a">', '&lt;iframe\nsrc="https://a">'],
    ['[a](javascript:alert(1))', '[a](#))'],
    ['[a]: data:text/html,x', '[a]: #'],
    ['<https://a.example>', '<https://a.example>'],
    ['`<script>` and a < b', '`<script>` and a < b'],
    ['```html\n<script>\n```\n', '```html\n<script>\n```\n'],
  ])('leaves nothing to carry out in %s', (text, expected) => {
    expect(page(text)).toBe(expected);
  });

  it('leads where the README led', () => {
    expect(page('[a](./docs/a.md#b "t"), ![i](img/x.png), [c](#here)')).toBe(
      '[a](https://git/docs/a.md#b "t"), ![i](https://git/img/x.png), [c](#here)',
    );
    expect(page('[a](https://x.example) [b](mailto:a@b)')).toBe(
      '[a](https://x.example) [b](mailto:a@b)',
    );
  });
});
