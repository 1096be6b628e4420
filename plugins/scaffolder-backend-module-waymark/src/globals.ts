import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';

/** What a template may ask of the portal's configuration. */
export type TemplateGlobals = {
  /** Host of the Git server, for `repoUrl`: `github.com`, `localhost:7300`. */
  gitHost: string;
  /** Organisation that owns new repositories. */
  gitOwner: string;
  /** Root of the Git server's pages, without a slash at its end. */
  gitUrl: string;
  /** Root of the portal, without a slash at its end. */
  portalUrl: string;
  /** Commit the golden paths are read at, where it is known. */
  templateCommit?: string;
};

/**
 * Reads {@link TemplateGlobals}.
 *
 * @throws InputError where `waymark.git.host` is in no `integrations.github`
 */
export function readTemplateGlobals(config: Config): TemplateGlobals {
  const gitHost = config.getOptionalString('waymark.git.host') ?? 'github.com';
  const integration = ScmIntegrations.fromConfig(config).github.byHost(gitHost);
  if (!integration) {
    throw new InputError(
      `waymark.git.host is ${gitHost}, which integrations.github does not list; add it there with its token`,
    );
  }
  // An enterprise host or the forge serves API and pages from one origin.
  const { apiBaseUrl } = integration.config;
  const scheme = apiBaseUrl ? new URL(apiBaseUrl).protocol : 'https:';
  const templateCommit = config.getOptionalString('waymark.templateCommit');
  return {
    ...(templateCommit && { templateCommit }),
    gitHost,
    gitOwner: config.getString('waymark.git.owner'),
    gitUrl: `${scheme}//${gitHost}`,
    portalUrl: config.getString('app.baseUrl').replace(/\/+$/, ''),
  };
}
