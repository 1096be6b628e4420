import { forgeClient } from './client';

/** Where the portal takes deliveries, and the events that it listens to there. */
const TARGETS = [
  {
    path: '/api/events/http/github',
    events: [
      'push',
      'pull_request',
      'repository',
      'deployment',
      'deployment_status',
      'workflow_run',
    ],
  },
  {
    path: '/api/dora/webhooks/github',
    events: [
      'push',
      'pull_request',
      'pull_request_review',
      'deployment',
      'deployment_status',
      'issues',
      'workflow_run',
      'release',
    ],
  },
];

/**
 * Makes the organisation's webhooks point at the portal: one for each target, also
 * after the portal's port or secret changed.
 */
export async function ensureWebhooks(options: {
  forgeUrl: string;
  owner: string;
  token: string;
  portalUrl: string;
  secret: string;
}) {
  const { forgeUrl, owner: org, token, portalUrl, secret } = options;
  const octokit = forgeClient(forgeUrl, token);
  const { data: hooks } = await octokit.orgs.listWebhooks({ org });
  for (const { path, events } of TARGETS) {
    const hook = {
      org,
      events,
      active: true,
      config: { url: `${portalUrl}${path}`, content_type: 'json', secret },
    };
    const ours = hooks.find(({ config }) => config.url?.endsWith(path));
    if (ours) await octokit.orgs.updateWebhook({ ...hook, hook_id: ours.id });
    else await octokit.orgs.createWebhook({ ...hook, name: 'web' });
  }
}
