import { useEffect } from 'react';
import { useTheme } from '@material-ui/core/styles';
import { useShadowRootElements } from '@backstage/plugin-techdocs-react';
import { CANDIDATES, diagramSource } from './diagramSource';
import { putFigure } from './figure';

/** Draws the diagrams of a page, and again when the theme changes. */
export const DiagramsAddon = () => {
  const dark = useTheme().palette.type === 'dark';
  const blocks = useShadowRootElements(CANDIDATES);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const drawAll = async () => {
      // One after the other: Mermaid keeps its settings in one place.
      for (const block of blocks) {
        const source = diagramSource(block);
        if (signal.aborted) return;
        if (source) await putFigure(block, source, { dark, signal });
      }
    };
    drawAll();
    return () => controller.abort();
  }, [blocks, dark]);
  return null;
};
