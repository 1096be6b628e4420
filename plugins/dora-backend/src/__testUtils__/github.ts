import { sign } from '@octokit/webhooks-methods';

export const SECRET = 'a-secret-of-sixteen';
export const OLD_SECRET = 'the-secret-before-it';
export const REPOSITORY = 'git.example.com/tidewater/pricing';

/** The commit of a number. */
export const sha = (n: number) => n.toString(16).padStart(40, 'c');
/** So many minutes after some noon. */
export const at = (minutes: number) =>
  new Date(Date.UTC(2026, 9, 1, 12) + minutes * 60_000).toISOString();

const repository = (minutes: number) => ({
  html_url: 'https://git.example.com/Tidewater/pricing',
  default_branch: 'main',
  pushed_at: Date.parse(at(minutes)) / 1000,
});

export interface Payload {
  event: string;
  body: object;
}

/** Commits of these numbers were pushed on top of another, or as a new branch. */
export function push(
  minutes: number,
  numbers: number[],
  more: {
    before?: number;
    branch?: string;
    forced?: boolean;
    after?: number;
    paths?: string[];
    times?: number[];
  } = {},
): Payload {
  const commits = numbers.map((n, i) => ({
    id: sha(n),
    message: `Commit ${n}\n\nBody`,
    timestamp: at(more.times?.[i] ?? minutes),
    author: { name: 'Maya Okafor', username: 'maya' },
    added: more.paths ?? [`file-${n}.ts`],
    modified: [],
    removed: [],
  }));
  return {
    event: 'push',
    body: {
      ref: `refs/heads/${more.branch ?? 'main'}`,
      before:
        more.before === undefined
          ? sha(0).replace(/./g, '0')
          : sha(more.before),
      after: sha(more.after ?? numbers.at(-1)!),
      forced: more.forced ?? false,
      commits,
      head_commit: commits.at(-1) ?? null,
      repository: repository(minutes),
    },
  };
}

/** A pull request at one moment; merged where it has a merge commit. */
export function pull(
  minutes: number,
  number: number,
  more: {
    action?: string;
    head: number;
    merge?: number;
    createdAt?: number;
    branch?: string;
    base?: string;
    labels?: string[];
    login?: string;
  },
): Payload {
  const repo = { html_url: repository(0).html_url };
  return {
    event: 'pull_request',
    body: {
      action: more.action ?? (more.merge ? 'closed' : 'opened'),
      pull_request: {
        number,
        html_url: `${repo.html_url}/pull/${number}`,
        title: `Pull request ${number}`,
        user: { login: more.login ?? 'maya', type: 'User' },
        draft: false,
        state: more.merge ? 'closed' : 'open',
        base: { ref: more.base ?? 'main', sha: sha(1), repo },
        head: { ref: more.branch ?? 'feature', sha: sha(more.head), repo },
        created_at: at(more.createdAt ?? minutes),
        updated_at: at(minutes),
        merged_at: more.merge ? at(minutes) : null,
        merge_commit_sha: more.merge ? sha(more.merge) : null,
        labels: (more.labels ?? []).map(name => ({ name })),
      },
      repository: repository(minutes),
    },
  };
}

/** A deployment, or how far it is. */
export function deployment(
  minutes: number,
  id: number,
  commit: number,
  state?: string,
  more: { environment?: string; payload?: object; startedAt?: number } = {},
): Payload {
  const environment = more.environment ?? 'production';
  return {
    event: state ? 'deployment_status' : 'deployment',
    body: {
      action: 'created',
      deployment: {
        id,
        sha: sha(commit),
        ref: 'main',
        task: 'deploy',
        environment,
        created_at: at(more.startedAt ?? minutes),
        creator: { login: 'deployer[bot]', type: 'Bot' },
        payload: more.payload ?? {},
      },
      ...(state && {
        deployment_status: {
          state,
          environment,
          target_url: `https://ci.example.com/${id}`,
          created_at: at(minutes),
        },
      }),
      repository: repository(minutes),
    },
  };
}

/** As GitHub sends it. */
export async function signed(
  { event, body }: Payload,
  deliveryId: string,
  secret = SECRET,
) {
  const text = JSON.stringify(body);
  return {
    text,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': deliveryId,
      'x-hub-signature-256': await sign(secret, text),
    },
  };
}
