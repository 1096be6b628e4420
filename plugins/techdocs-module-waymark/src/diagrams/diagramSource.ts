/** First words of the kinds of diagram Mermaid draws. */
const KINDS = [
  'architecture-beta',
  'block-beta',
  'C4Component',
  'C4Container',
  'C4Context',
  'C4Deployment',
  'C4Dynamic',
  'classDiagram',
  'erDiagram',
  'flowchart',
  'gantt',
  'gitGraph',
  'graph',
  'journey',
  'mindmap',
  'packet-beta',
  'pie',
  'quadrantChart',
  'requirementDiagram',
  'sankey-beta',
  'sequenceDiagram',
  'stateDiagram',
  'stateDiagram-v2',
  'timeline',
  'xychart-beta',
];
const FRONT_MATTER = /^---\n[\s\S]*?\n---\n/;
const COMMENT = /^\s*%%/;

/** The elements that may hold a diagram's text. */
export const CANDIDATES = ['.highlight', 'pre.mermaid'];

function startsLikeDiagram(source: string): boolean {
  const [first = ''] = source
    .replace(FRONT_MATTER, '')
    .split('\n')
    .filter(line => line.trim() !== '' && !COMMENT.test(line));
  return KINDS.includes(first.trim().split(/[\s;:]/)[0]);
}

/**
 * The text of the diagram an element holds; nothing where it holds other code.
 *
 * MkDocs does not know Mermaid: unless a project configures a fence for it, a
 * `mermaid` block comes out as plain text with line numbers, so that only its
 * first word tells.
 */
export function diagramSource(element: HTMLElement): string | undefined {
  const code = element.matches('pre.mermaid')
    ? element
    : element.querySelector('.code code, pre code, code');
  const source = code?.textContent?.trim();
  if (!source) return undefined;
  const named =
    element.matches('.mermaid, .language-mermaid') ||
    element.querySelector('.language-mermaid') !== null;
  const unnamed = element.matches('.language-text, :not([class*="language-"])');
  return named || (unnamed && startsLikeDiagram(source)) ? source : undefined;
}
