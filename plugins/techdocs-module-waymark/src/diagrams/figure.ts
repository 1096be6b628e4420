import { draw } from './draw';

const LABEL = 'Diagram';

function textOf(source: string): HTMLElement {
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'Diagram as text';
  const text = document.createElement('pre');
  text.textContent = source;
  text.tabIndex = 0;
  details.append(summary, text);
  return details;
}

function show(block: HTMLElement, figure: HTMLElement) {
  const previous = block.nextElementSibling;
  if (previous?.matches('figure[data-diagram]')) previous.remove();
  block.after(figure);
}

/**
 * Puts a drawing where the block stands, with its text below for whoever does
 * not see it. A text that cannot be drawn stays as it is, with the reason.
 */
export async function putFigure(
  block: HTMLElement,
  source: string,
  options: { dark: boolean; signal: AbortSignal; drawDiagram?: typeof draw },
): Promise<void> {
  const { dark, signal, drawDiagram = draw } = options;
  const figure = document.createElement('figure');
  figure.dataset.diagram = '';
  // The theme of MkDocs shrinks a figure to its content, which has no width.
  Object.assign(figure.style, { margin: '1em 0', width: '100%' });
  try {
    const svg = await drawDiagram(source, dark);
    const title = svg.querySelector('title')?.textContent;
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', title || LABEL);
    figure.append(svg, textOf(source));
    if (signal.aborted) return;
    show(block, figure);
    block.hidden = true;
  } catch (error) {
    if (signal.aborted) return;
    const reason = document.createElement('figcaption');
    reason.textContent = `This diagram cannot be drawn: ${
      error instanceof Error ? error.message.split('\n')[0] : error
    }`;
    figure.append(reason);
    show(block, figure);
    block.hidden = false;
  }
}
