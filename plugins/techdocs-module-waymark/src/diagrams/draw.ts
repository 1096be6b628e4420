let drawn = 0;

/**
 * Draws a diagram with Mermaid, which is loaded on the first call.
 *
 * @returns an SVG element, without scripts and links
 * @throws where the text is not a diagram Mermaid understands
 */
export async function draw(source: string, dark: boolean): Promise<Element> {
  const { default: mermaid } = await import('mermaid');
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: dark ? 'dark' : 'neutral',
    fontFamily: 'inherit',
    htmlLabels: false,
    flowchart: { htmlLabels: false },
  });
  drawn += 1;
  const { svg } = await mermaid.render(`waymark-diagram-${drawn}`, source);
  return new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
}
