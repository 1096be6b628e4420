import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SidebarContent } from './SidebarContent';

/** The sidebar and what it is called. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [SidebarContent],
});
