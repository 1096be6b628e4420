import { useEffect } from 'react';
import { useShadowRoot } from '@backstage/plugin-techdocs-react';

const STYLE = `
  .md-typeset :is(p, li, td, dd) a:not(.headerlink) {
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
`;

/** Marks links in running text by more than their colour. */
export const UnderlinedLinksAddon = () => {
  const shadowRoot = useShadowRoot();
  useEffect(() => {
    if (!shadowRoot) return undefined;
    const style = document.createElement('style');
    style.textContent = STYLE;
    shadowRoot.append(style);
    return () => style.remove();
  }, [shadowRoot]);
  return null;
};
