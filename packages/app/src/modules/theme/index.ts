import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { DarkTheme, LightTheme } from './themes';

/** Waymark's colours and type. */
export const themeModule = createFrontendModule({
  pluginId: 'app',
  extensions: [LightTheme, DarkTheme],
});
