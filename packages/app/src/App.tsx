import { createApp } from '@backstage/frontend-defaults';
import { apisModule, catalogModule } from './modules/catalog';
import { graphModule } from './modules/graph';
import { iconsModule } from './modules/icons';
import { layoutModule } from './modules/layout';
import { navModule } from './modules/nav';
import { catalogResultModule, docsResultModule } from './modules/search';
import { templatesModule } from './modules/templates';
import { themeModule } from './modules/theme';
import { titlesModule } from './modules/titles';
import { wordsModule } from './modules/words';

// Everything else is found in package.json: see `app.packages` in app-config.yaml.
export default createApp({
  features: [
    themeModule,
    iconsModule,
    navModule,
    layoutModule,
    titlesModule,
    wordsModule,
    catalogModule,
    apisModule,
    graphModule,
    templatesModule,
    catalogResultModule,
    docsResultModule,
  ],
});
