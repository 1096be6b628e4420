import { ScmIntegrations } from '@backstage/integration';
import { sourcesModule } from '@waymark/backstage-plugin-dora-node';
import { readIssues, readSecrets } from './config';
import { GithubSource } from './GithubSource';
import { GithubHistory } from './history/GithubHistory';

/** Takes GitHub's deliveries where `dora.sources.github` is configured. */
export const doraModuleGithub = sourcesModule('github', config => {
  const secrets = readSecrets(config);
  if (!secrets) return undefined;
  const issues = readIssues(config);
  const hosts = ScmIntegrations.fromConfig(config);
  return new GithubSource(secrets, issues, new GithubHistory(hosts, issues));
});
