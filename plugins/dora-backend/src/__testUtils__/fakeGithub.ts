import { createServer, IncomingMessage } from 'node:http';
import { AddressInfo } from 'node:net';
import { at, sha } from './github';

const HTML = 'https://git.example.com/Tidewater/pricing';
const ROOT = '/api/v3/repos/tidewater/pricing';

const person = (login: string) => ({ login, type: 'User' });
const commit = (n: number, minutes: number, parents: number[]) => ({
  sha: sha(n),
  parents: parents.map(one => ({ sha: sha(one) })),
  commit: {
    message: `Commit ${n}`,
    author: { name: 'Maya Okafor', date: at(minutes) },
    committer: { name: 'GitHub', date: at(minutes) },
  },
  author: person('maya'),
});

/** The answers of GitHub's API about one repository. */
export interface FakeAnswers {
  [path: string]: object | object[];
}

/**
 * A squashed pull request of a fork and a commit before it, both deployed; what was
 * deployed next was pushed by force. Numbers are minutes.
 */
export const ANSWERS: FakeAnswers = {
  '': { default_branch: 'main', html_url: HTML },
  '/activity': [
    {
      id: 3,
      before: sha(2),
      after: sha(4),
      timestamp: at(80),
      activity_type: 'force_push',
    },
    {
      id: 2,
      before: sha(1),
      after: sha(2),
      timestamp: at(40),
      activity_type: 'pr_merge',
    },
    {
      id: 1,
      before: sha(9),
      after: sha(1),
      timestamp: at(0),
      activity_type: 'push',
    },
  ],
  [`/compare/${sha(9)}...${sha(1)}`]: {
    merge_base_commit: { sha: sha(9) },
    commits: [commit(1, 0, [9])],
    files: [{ filename: 'file-1.ts' }],
  },
  [`/compare/${sha(1)}...${sha(2)}`]: {
    merge_base_commit: { sha: sha(1) },
    commits: [commit(2, 40, [1])],
    files: [{ filename: 'file-2.ts' }],
  },
  [`/compare/${sha(2)}...${sha(4)}`]: {
    merge_base_commit: { sha: sha(1) },
    commits: [commit(4, 79, [1])],
    files: [],
  },
  '/pulls': [
    {
      number: 7,
      html_url: `${HTML}/pull/7`,
      title: 'Pull request 7',
      user: person('maya'),
      draft: false,
      state: 'closed',
      base: { ref: 'main', sha: sha(1), repo: { html_url: HTML } },
      head: {
        ref: 'feature',
        sha: sha(12),
        repo: { html_url: 'https://git.example.com/maya/pricing' },
      },
      created_at: at(20),
      updated_at: at(40),
      closed_at: at(40),
      merged_at: at(40),
      merge_commit_sha: sha(2),
      labels: [],
    },
  ],
  '/pulls/7': { head: { sha: sha(12) } },
  '/pulls/7/reviews': [
    { submitted_at: at(22), user: person('maya'), state: 'COMMENTED' },
    { submitted_at: at(30), user: person('jonas'), state: 'APPROVED' },
  ],
  '/pulls/7/commits': [commit(11, 5, []), commit(12, 8, [11])],
  '/deployments': [1, 2, 3]
    .map(n => ({
      id: n,
      sha: sha([2, 2, 4][n - 1]),
      ref: 'main',
      task: 'deploy',
      environment: n === 2 ? 'staging' : 'production',
      created_at: at([60, 75, 95][n - 1]),
      creator: { login: 'deployer[bot]', type: 'Bot' },
      payload: {},
    }))
    .reverse(),
  '/deployments/1/statuses': [
    status(12, 'success', 70, 'production', 1),
    status(11, 'in_progress', 62, 'production', 1),
  ],
  '/deployments/2/statuses': [status(21, 'failure', 76, 'staging', 2)],
  '/deployments/3/statuses': [status(31, 'success', 100, 'production', 3)],
  '/releases': [
    {
      id: 5,
      tag_name: 'v1',
      html_url: `${HTML}/releases/v1`,
      draft: false,
      prerelease: false,
      created_at: at(50),
      published_at: at(51),
      author: person('maya'),
    },
  ],
  '/commits/tags/v1': commit(2, 40, [1]),
  '/actions/runs': {
    workflow_runs: [
      {
        id: 8,
        run_attempt: 1,
        name: 'CI',
        path: '.github/workflows/ci.yaml',
        head_branch: 'main',
        head_sha: sha(2),
        event: 'push',
        status: 'completed',
        conclusion: 'success',
        html_url: `${HTML}/actions/runs/8`,
        created_at: at(41),
        run_started_at: at(41),
        updated_at: at(45),
        actor: person('maya'),
      },
    ],
  },
  '/issues': [
    {
      number: 9,
      html_url: `${HTML}/issues/9`,
      title: 'Prices are wrong',
      state: 'closed',
      labels: [{ name: 'incident' }, { name: 'severity:high' }],
      created_at: at(110),
      updated_at: at(140),
      closed_at: at(140),
    },
  ],
};

function status(
  id: number,
  state: string,
  minutes: number,
  environment: string,
  deployment: number,
) {
  return {
    id,
    state,
    environment,
    target_url: `https://ci.example.com/${deployment}`,
    created_at: at(minutes),
  };
}

/** Answers like GitHub, page by page, until it has had too many questions. */
export async function startFakeGithub(answers: FakeAnswers = ANSWERS) {
  const asked: string[] = [];
  const state = {
    answers,
    /** Of lists; the real ones have up to 100. */
    perPage: 1,
    /** Answers a question in another way. */
    refuse: (_path: string): { status: number; headers: object } | undefined =>
      undefined,
  };
  const answer = (request: IncomingMessage) => {
    const url = new URL(request.url!, 'http://x');
    const path = decodeURIComponent(url.pathname).slice(ROOT.length);
    asked.push(path);
    const refused = state.refuse(path);
    if (refused) return { ...refused, body: { message: 'no' } };
    const found = state.answers[path];
    if (request.headers.authorization !== 'Bearer x') {
      return { status: 401, headers: {}, body: {} };
    }
    if (!found) return { status: 404, headers: {}, body: {} };
    const page = Number(url.searchParams.get('page') ?? 1);
    if (!Array.isArray(found)) return { status: 200, headers: {}, body: found };
    const end = page * state.perPage;
    url.searchParams.set('page', String(page + 1));
    const next = `http://${request.headers.host}${url.pathname}${url.search}`;
    return {
      status: 200,
      headers: end < found.length ? { link: `<${next}>; rel="next"` } : {},
      body: found.slice(end - state.perPage, end),
    };
  };
  const server = createServer((request, response) => {
    const { status: code, headers, body } = answer(request);
    response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(body));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const apiBaseUrl = `http://127.0.0.1:${port}/api/v3`;
  return {
    apiBaseUrl,
    asked,
    state,
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
export type FakeGithub = Awaited<ReturnType<typeof startFakeGithub>>;
