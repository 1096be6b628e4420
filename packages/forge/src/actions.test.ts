import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import {
  createGithubActionsDispatchAction,
  createGithubDeployKeyAction,
  createGithubEnvironmentAction,
  createGithubIssuesLabelAction,
  createGithubWebhookAction,
  createPublishGithubPullRequestAction,
} from '@backstage/plugin-scaffolder-backend-module-github';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

describe("Backstage's GitHub actions on a repository", () => {
  let forge: TestForge;
  let integrations: ScmIntegrations;
  let githubCredentialsProvider: DefaultGithubCredentialsProvider;
  let dir: string;
  const target = { owner: 'tidewater', repo: 'acted-on' };

  beforeAll(async () => {
    forge = await TestForge.start();
    integrations = ScmIntegrations.fromConfig(forge.config());
    githubCredentialsProvider =
      DefaultGithubCredentialsProvider.fromIntegrations(integrations);
    ({ dir } = await forge.seed('acted-on', {
      'keep.txt': 'keep\n',
      'remove.txt': 'remove\n',
      '.github/workflows/ci.yml': 'on: workflow_dispatch\njobs: {}\n',
    }));
  });
  afterAll(() => forge.remove());

  const repoUrl = () => `${forge.host}?owner=tidewater&repo=acted-on`;
  const workspacePath = () => forge.folder();

  it('github:environment:create, twice', async () => {
    const action = createGithubEnvironmentAction({
      integrations,
      catalog: catalogServiceMock({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Group',
            metadata: { name: 'checkout' },
            spec: { type: 'team', children: [] },
          },
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'maya-okafor' },
            spec: {},
          },
        ],
      }),
    });
    const run = async () =>
      action.handler(
        createMockActionContext({
          input: {
            repoUrl: repoUrl(),
            name: 'production',
            token: TOKENS.portal,
            deploymentBranchPolicy: {
              protected_branches: false,
              custom_branch_policies: true,
            },
            customBranchPolicyNames: ['main', 'release/*'],
            customTagPolicyNames: ['v*'],
            secrets: { PASSWORD: 'very secret' },
            waitTimer: 5,
            reviewers: ['group:default/checkout', 'user:default/maya-okafor'],
          },
          workspacePath: await workspacePath(),
        }),
      );
    await run();
    await run();
    const octokit = forge.octokit();
    const environment = { ...target, environment_name: 'production' };
    const { data } = await octokit.rest.repos.getEnvironment(environment);
    expect(data.protection_rules?.map(rule => rule.type)).toEqual([
      'wait_timer',
      'required_reviewers',
      'branch_policy',
    ]);
    const policies = await octokit.rest.repos.listDeploymentBranchPolicies(
      environment,
    );
    expect(policies.data.branch_policies.map(policy => policy.name)).toEqual([
      'main',
      'release/*',
      'v*',
    ]);
    const secrets = await octokit.request(
      'GET /repos/{owner}/{repo}/environments/{environment_name}/secrets',
      environment,
    );
    expect(secrets.data).toMatchObject({
      total_count: 1,
      secrets: [{ name: 'PASSWORD' }],
    });
    expect(JSON.stringify(secrets.data)).not.toMatch(/value|very secret/);
  });

  it('publish:github:pull-request, made and then updated', async () => {
    const action = createPublishGithubPullRequestAction({
      integrations,
      githubCredentialsProvider,
    });
    const propose = async (text: string, update: boolean) => {
      const workspace = await workspacePath();
      await writeFile(join(workspace, 'added.txt'), text);
      const ctx = createMockActionContext({
        input: {
          repoUrl: repoUrl(),
          branchName: 'topics/from-a-template',
          title: 'From a template',
          description: 'Adds one and removes one',
          filesToDelete: ['remove.txt', 'was-never-there.txt'],
          reviewers: ['maya-okafor'],
          teamReviewers: ['checkout'],
          assignees: ['maya-okafor'],
          update,
        },
        workspacePath: workspace,
      });
      await action.handler(ctx);
      return ctx.output;
    };
    const output = await propose('first\n', false);
    expect(output).toHaveBeenCalledWith(
      'remoteUrl',
      `${forge.url}/tidewater/acted-on/pull/1`,
    );
    await propose('second\n', true);
    await expect(propose('third\n', false)).rejects.toThrow();
    const octokit = forge.octokit();
    const pull = { ...target, pull_number: 1 };
    const { data } = await octokit.rest.pulls.get(pull);
    expect(data).toMatchObject({
      head: { ref: 'topics/from-a-template' },
      requested_reviewers: [{ login: 'maya-okafor' }],
      requested_teams: [{ slug: 'checkout' }],
      assignees: [{ login: 'maya-okafor' }],
    });
    const files = await octokit.rest.pulls.listFiles(pull);
    expect(files.data.map(file => [file.filename, file.status])).toEqual([
      ['added.txt', 'added'],
      ['remove.txt', 'removed'],
    ]);
    await octokit.rest.pulls.merge(pull);
    await forge.git(dir, 'pull', '-q', 'origin', 'main');
    expect(await forge.git(dir, 'show', 'HEAD:added.txt')).toBe('second');
  });

  it('github:issues:label, github:webhook and github:deployKey:create', async () => {
    const octokit = forge.octokit();
    const { data: issue } = await octokit.rest.issues.create({
      ...target,
      title: 'Label me',
    });
    await createGithubIssuesLabelAction({
      integrations,
      githubCredentialsProvider,
    }).handler(
      createMockActionContext({
        input: { repoUrl: repoUrl(), number: issue.number, labels: ['a', 'b'] },
        workspacePath: await workspacePath(),
      }),
    );
    const labels = await octokit.rest.issues.listLabelsOnIssue({
      ...target,
      issue_number: issue.number,
    });
    expect(labels.data.map(label => label.name)).toEqual(['a', 'b']);

    await createGithubWebhookAction({
      integrations,
      githubCredentialsProvider,
    }).handler(
      createMockActionContext({
        input: {
          repoUrl: repoUrl(),
          webhookUrl: 'http://127.0.0.1:9/hook',
          webhookSecret: 'shared',
          events: ['push', 'pull_request'],
        },
        workspacePath: await workspacePath(),
      }),
    );
    const hooks = await octokit.rest.repos.listWebhooks(target);
    expect(hooks.data[0]).toMatchObject({
      events: ['push', 'pull_request'],
      config: { url: 'http://127.0.0.1:9/hook', secret: '********' },
    });

    await createGithubDeployKeyAction({ integrations }).handler(
      createMockActionContext({
        input: {
          repoUrl: repoUrl(),
          publicKey: 'ssh-ed25519 AAAA',
          privateKey: 'private half',
          deployKeyName: 'Deploy',
          token: TOKENS.portal,
        },
        workspacePath: await workspacePath(),
      }),
    );
    const keys = await octokit.rest.repos.listDeployKeys(target);
    expect(keys.data[0].title).toBe('Deploy');
  });

  it('github:actions:dispatch lists a run that waits', async () => {
    const ctx = createMockActionContext({
      input: {
        repoUrl: repoUrl(),
        workflowId: 'ci.yml',
        branchOrTagName: 'main',
        workflowInputs: { who: 'me' },
        returnWorkflowRunDetails: true,
      },
      workspacePath: await workspacePath(),
    });
    await createGithubActionsDispatchAction({
      integrations,
      githubCredentialsProvider,
    }).handler(ctx);
    const { data } = await forge
      .octokit()
      .rest.actions.listWorkflowRunsForRepo(target);
    expect(data.workflow_runs).toEqual([
      expect.objectContaining({
        status: 'queued',
        conclusion: null,
        event: 'workflow_dispatch',
      }),
    ]);
    expect(ctx.output).toHaveBeenCalledWith(
      'workflowRunId',
      data.workflow_runs[0].id,
    );
    const page = await fetch(data.workflow_runs[0].html_url);
    expect(await page.text()).toMatch(/waiting for a runner/);
  });
});
