import { ScmIntegrations } from '@backstage/integration';
import {
  GithubHistory,
  GithubSource,
} from '@waymark/backstage-plugin-dora-backend-module-github';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

const LABELS = { labels: ['incident'] };

describe('what the forge tells of the past', () => {
  let forge: TestForge;

  beforeAll(async () => {
    forge = await TestForge.start();
  });
  afterAll(() => forge.remove());

  it('is enough to fetch the history of a repository, unmodified', async () => {
    const target = { owner: 'tidewater', repo: 'history' };
    const { dir } = await forge.seed('history', { 'a.txt': 'a\n' });
    const { rest } = forge.octokit();
    await forge.git(dir, 'checkout', '-qb', 'topic');
    const begun = await forge.commit(dir, { 'b.txt': 'b\n' }, 'Begin b');
    const head = await forge.commit(dir, { 'c.txt': 'c\n' }, 'Add c');
    await forge.git(dir, 'push', '-q', 'origin', 'topic');
    await forge.octokit(TOKENS.maya).rest.pulls.create({
      ...target,
      title: 'Add b and c',
      head: 'topic',
      base: 'main',
    });
    const pull = { ...target, pull_number: 1 };
    await rest.pulls.createReview({ ...pull, event: 'APPROVE' });
    const merged = await rest.pulls.merge({ ...pull, merge_method: 'squash' });
    const { data: deployment } = await rest.repos.createDeployment({
      ...target,
      ref: 'main',
      environment: 'production',
      required_contexts: [],
    });
    if (!('id' in deployment)) throw new Error('nothing was deployed');
    await rest.repos.createDeploymentStatus({
      ...target,
      deployment_id: deployment.id,
      state: 'success',
    });
    const release = { ...target, tag_name: 'v1' };
    await rest.repos.createRelease(release);
    await expect(rest.repos.createRelease(release)).rejects.toMatchObject({
      status: 422,
    });
    const { data: latest } = await rest.repos.getLatestRelease(target);
    expect(latest).toMatchObject({ tag_name: 'v1', draft: false });
    const { data: issue } = await rest.issues.create({
      ...target,
      title: 'It broke',
      labels: ['incident'],
    });
    await rest.issues.update({
      ...target,
      issue_number: issue.number,
      state: 'closed',
    });

    const history = new GithubHistory(
      ScmIntegrations.fromConfig(forge.config()),
      LABELS,
    );
    const source = new GithubSource([], LABELS, history);
    const repository = `${forge.host}/tidewater/history`;
    expect(history.knows(repository)).toBe(true);
    const fetch = async () => {
      const pages = [];
      for await (const page of history.pages({
        repository,
        since: new Date(Date.now() - 86_400_000),
        paths: true,
        signal: new AbortController().signal,
      })) {
        pages.push(...page.deliveries);
      }
      return pages;
    };
    const fetched = await fetch();
    const said = fetched.flatMap(one => {
      const read = source.translate({ ...one, receivedAt: new Date() });
      return 'observations' in read ? read.observations : [];
    });
    expect(said).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'push',
          ref: 'refs/heads/main',
          after: merged.data.sha,
          // With the first commit, where both are of the same second.
          commits: expect.arrayContaining([
            expect.objectContaining({
              sha: merged.data.sha,
              paths: ['b.txt', 'c.txt'],
            }),
          ]),
        }),
        expect.objectContaining({
          kind: 'pull-request',
          repository,
          number: 1,
          state: 'merged',
          headSha: head,
          mergeSha: merged.data.sha,
          firstReviewAt: expect.any(String),
        }),
        expect.objectContaining({
          kind: 'pull-request-commits',
          commits: [begun, head].map(sha => expect.objectContaining({ sha })),
        }),
        expect.objectContaining({
          kind: 'deployment',
          status: 'success',
          sha: merged.data.sha,
        }),
        expect.objectContaining({ kind: 'release', tag: 'v1' }),
        expect.objectContaining({
          kind: 'push',
          ref: 'refs/tags/v1',
          after: merged.data.sha,
        }),
        expect.objectContaining({ kind: 'incident', status: 'resolved' }),
      ]),
    );
    const ids = (all: { deliveryId: string }[]) =>
      all.map(({ deliveryId }) => deliveryId);
    expect(ids(await fetch())).toEqual(ids(fetched));
    const [answer] = await history.ask(
      { kind: 'pull-request-commits', repository, number: 1 },
      new AbortController().signal,
    );
    expect(ids(fetched)).toContain(answer.deliveryId);
  });
});
