import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { doraSourcesExtensionPoint } from '@waymark/backstage-plugin-dora-node';
import { GithubSource } from './GithubSource';
import { readIssues, readSecrets } from './config';
import { GithubHistory } from './history/GithubHistory';

/** Takes GitHub's deliveries where `dora.sources.github` is configured. */
export const doraModuleGithub = createBackendModule({
  pluginId: 'dora',
  moduleId: 'github',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        sources: doraSourcesExtensionPoint,
      },
      async init({ config, sources }) {
        const secrets = readSecrets(config);
        if (!secrets) return;
        const issues = readIssues(config);
        const hosts = ScmIntegrations.fromConfig(config);
        const history = new GithubHistory(hosts, issues);
        sources.addSource(new GithubSource(secrets, issues, history));
      },
    });
  },
});
