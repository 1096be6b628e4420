import { diagramSource } from './diagramSource';
import { putFigure } from './figure';

const block = (html: string) => {
  document.body.innerHTML = html;
  return document.body.firstElementChild as HTMLElement;
};
const numbered = (language: string, code: string) =>
  block(
    `<div class="${language} highlight"><table><tr><td class="linenos"><pre>1</pre></td><td class="code"><div><pre><code>${code}</code></pre></div></td></tr></table></div>`,
  );

describe('diagramSource', () => {
  it.each([
    'sequenceDiagram\n  A-&gt;&gt;B: hi',
    'graph TD;\nA--&gt;B',
    '%% a comment\nflowchart LR\n  A --&gt; B',
    '---\ntitle: Order\n---\nstateDiagram-v2\n  [*] --&gt; Open',
  ])('finds a diagram that MkDocs took for text: %s', code => {
    expect(diagramSource(numbered('language-text', code))).toBe(
      code.replace(/&gt;/g, '>'),
    );
  });

  it('finds a block that says what it is', () => {
    expect(diagramSource(block('<pre class="mermaid">zen\n  x</pre>'))).toBe(
      'zen\n  x',
    );
  });

  it.each([
    ['language-text', 'graphs are nice'],
    ['language-text', 'GET /baskets'],
    ['language-yaml', 'graph TD'],
  ])('leaves other code alone: %s %s', (language, code) => {
    expect(diagramSource(numbered(language, code))).toBeUndefined();
  });
});

describe('putFigure', () => {
  const drawDiagram = async () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.innerHTML = '<title>How an order is placed</title>';
    return svg;
  };
  const { signal } = new AbortController();

  it('puts a named drawing and its text in place of the block', async () => {
    const element = numbered('language-text', 'graph TD');
    await putFigure(element, 'graph TD', { dark: false, signal, drawDiagram });
    await putFigure(element, 'graph TD', { dark: true, signal, drawDiagram });
    expect(element).not.toBeVisible();
    const figures = document.querySelectorAll('figure');
    expect(figures).toHaveLength(1);
    expect(figures[0].querySelector('svg')).toHaveAttribute(
      'aria-label',
      'How an order is placed',
    );
    expect(figures[0].querySelector('details')).toHaveTextContent(
      'Diagram as textgraph TD',
    );
  });

  it('keeps the block and says why where it cannot be drawn', async () => {
    const element = numbered('language-text', 'graph');
    await putFigure(element, 'graph', {
      dark: false,
      signal,
      drawDiagram: async () => {
        throw new Error('Parse error on line 1');
      },
    });
    expect(element).toBeVisible();
    expect(document.querySelector('figcaption')).toHaveTextContent(
      'This diagram cannot be drawn: Parse error on line 1',
    );
  });
});
