import { forgeClient } from './client';

/** The events of the Git host that the portal listens to. */
const EVENTS = [
  'push',
  'pull_request',
  'repository',
  'deployment',
  'deployment_status',
  'workflow_run',
];

/**
 * Makes the organisation's webhook point at the portal: one hook, also after
 * the portal's port or secret changed.
 */
export async function ensureWebhook(options: {
  forgeUrl: string;
  owner: string;
  token: string;
  portalUrl: string;
  secret: string;
}) {
  const { forgeUrl, owner: org, token, portalUrl, secret } = options;
  const octokit = forgeClient(forgeUrl, token);
  const hook = {
    org,
    events: EVENTS,
    active: true,
    config: {
      url: `${portalUrl}/api/events/http/github`,
      content_type: 'json',
      secret,
    },
  };
  const { data: hooks } = await octokit.orgs.listWebhooks({ org });
  const ours = hooks.find(({ config }) =>
    config.url?.endsWith('/api/events/http/github'),
  );
  if (ours) await octokit.orgs.updateWebhook({ ...hook, hook_id: ours.id });
  else await octokit.orgs.createWebhook({ ...hook, name: 'web' });
}
