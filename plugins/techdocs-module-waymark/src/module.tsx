import {
  createFrontendModule,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import techdocsPlugin from '@backstage/plugin-techdocs/alpha';
import { TechDocsAddonLocations } from '@backstage/plugin-techdocs-react';
import { AddonBlueprint } from '@backstage/plugin-techdocs-react/alpha';
import { RiBookOpenLine } from '@remixicon/react';
import { DiagramsAddon } from './diagrams/DiagramsAddon';
import { UnderlinedLinksAddon } from './links/UnderlinedLinksAddon';

/** Mermaid diagrams, drawn in the browser. */
export const diagramsAddon = AddonBlueprint.make({
  name: 'waymark-diagrams',
  params: {
    name: 'WaymarkDiagrams',
    location: TechDocsAddonLocations.Content,
    component: DiagramsAddon,
  },
});

/** Links one can tell from the text around them. */
export const underlinedLinksAddon = AddonBlueprint.make({
  name: 'waymark-underlined-links',
  params: {
    name: 'WaymarkUnderlinedLinks',
    location: TechDocsAddonLocations.Content,
    component: UnderlinedLinksAddon,
  },
});

/** The list of documentation, in place of the stock one. */
export const docsListPage = PageBlueprint.make({
  params: {
    path: '/docs',
    title: 'Docs',
    icon: <RiBookOpenLine />,
    routeRef: techdocsPlugin.routes.root,
    loader: () =>
      import('./list/DocsListPage').then(({ DocsListPage }) => (
        <DocsListPage />
      )),
  },
});

/** What Waymark adds to the documentation reader. */
export const techdocsModuleWaymark = createFrontendModule({
  pluginId: 'techdocs',
  extensions: [docsListPage, diagramsAddon, underlinedLinksAddon],
});
