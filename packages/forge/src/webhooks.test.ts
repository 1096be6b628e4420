import { verify } from '@octokit/webhooks-methods';
import {
  PullRequestClosedEvent,
  PullRequestOpenedEvent,
  PullRequestSynchronizeEvent,
  PushEvent,
  RepositoryEvent,
} from '@octokit/webhooks-types';
import { Receiver } from './__testUtils__/receiver';
import { TestForge, TOKENS } from './__testUtils__/forge';

jest.setTimeout(60_000);

const SECRET = 'shared between forge and portal';

describe('webhooks', () => {
  let forge: TestForge;
  let receiver: Receiver;
  let hookId: number;
  const org = 'tidewater';

  beforeAll(async () => {
    forge = await TestForge.start();
    receiver = await Receiver.start();
    const { data } = await forge.octokit().rest.orgs.createWebhook({
      org,
      name: 'web',
      events: ['*'],
      config: { url: receiver.url, content_type: 'json', secret: SECRET },
    });
    hookId = data.id;
    await receiver.until(() => receiver.events('ping').length === 1);
  });
  afterAll(async () => {
    await forge.remove();
    await receiver.close();
  });

  it('signs what it sends, with the headers of GitHub', async () => {
    const { sha, dir } = await forge.seed('signed', {
      'a.txt': 'a\n',
      'b.txt': 'b\n',
    });
    await receiver.until(() => receiver.events('push').length === 1);
    for (const { headers, body } of receiver.calls) {
      expect(headers['user-agent']).toMatch(/^GitHub-Hookshot\//);
      expect(headers['x-github-delivery']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['x-github-hook-id']).toBe(String(hookId));
      const signature = String(headers['x-hub-signature-256']);
      expect(await verify(SECRET, body, signature)).toBe(true);
      expect(await verify('another secret', body, signature)).toBe(false);
    }
    const [created] = receiver.events<RepositoryEvent>('repository');
    expect(created).toMatchObject({
      action: 'created',
      organization: { login: org },
      repository: { full_name: 'tidewater/signed', default_branch: 'main' },
      sender: { login: 'waymark-portal' },
    });

    const [first] = receiver.events<PushEvent>('push');
    expect(first).toMatchObject({
      ref: 'refs/heads/main',
      before: '0'.repeat(40),
      after: sha,
      created: true,
      deleted: false,
      forced: false,
      pusher: { name: 'maya-okafor' },
      head_commit: { id: sha, added: ['a.txt', 'b.txt'] },
      repository: {
        html_url: `${forge.url}/tidewater/signed`,
        default_branch: 'main',
      },
      organization: { login: org },
    });
    expect(typeof first.repository.pushed_at).toBe('number');

    await forge.commit(dir, { 'a.txt': 'changed\n', 'c.txt': 'c\n' }, 'Two');
    const tip = await forge.commit(dir, { 'b.txt': null }, 'Three');
    await forge.git(dir, 'push', '-q', 'origin', 'main');
    await receiver.until(() => receiver.events('push').length === 2);
    const second = receiver.events<PushEvent>('push')[1];
    expect(second).toMatchObject({ before: sha, after: tip, forced: false });
    expect(second.commits).toEqual([
      expect.objectContaining({
        message: 'Two',
        added: ['c.txt'],
        modified: ['a.txt'],
        removed: [],
        author: expect.objectContaining({ username: 'maya-okafor' }),
      }),
      expect.objectContaining({
        message: 'Three',
        added: [],
        modified: [],
        removed: ['b.txt'],
      }),
    ]);

    await forge.git(dir, 'push', '-qf', 'origin', `${sha}:refs/heads/main`);
    await forge.git(dir, 'push', '-q', 'origin', 'main:refs/heads/side');
    await forge.git(dir, 'push', '-q', 'origin', ':side');
    await receiver.until(() => receiver.events('push').length === 5);
    const [forced, branched, removed] = receiver
      .events<PushEvent>('push')
      .slice(2);
    expect(forced).toMatchObject({ forced: true, commits: [] });
    expect(branched).toMatchObject({ created: true, ref: 'refs/heads/side' });
    expect(branched.commits.map(one => one.message)).toEqual(['Two', 'Three']);
    expect(removed).toMatchObject({ deleted: true, head_commit: null });
  });

  it('tells of a pull request from opening to merging', async () => {
    const { dir } = await forge.seed('pulled', { 'a.txt': 'a\n' });
    await forge.git(dir, 'checkout', '-qb', 'topic');
    await forge.commit(dir, { 'b.txt': 'b\n' }, 'Add b');
    await forge.git(dir, 'push', '-q', 'origin', 'topic');
    const target = { owner: org, repo: 'pulled' };
    const octokit = forge.octokit();
    const { data: pull } = await octokit.rest.pulls.create({
      ...target,
      title: 'Add b',
      head: 'topic',
      base: 'main',
    });
    const head = await forge.commit(dir, { 'c.txt': 'c\n' }, 'Add c');
    await forge.git(dir, 'push', '-q', 'origin', 'topic');
    await octokit.rest.pulls.merge({ ...target, pull_number: pull.number });
    await receiver.until(() =>
      receiver
        .events<{ action: string }>('pull_request')
        .some(one => one.action === 'closed'),
    );
    const [opened, synchronized, closed] = receiver.events('pull_request') as [
      unknown,
      unknown,
      unknown,
    ] as [
      PullRequestOpenedEvent,
      PullRequestSynchronizeEvent,
      PullRequestClosedEvent,
    ];
    expect(opened).toMatchObject({
      action: 'opened',
      number: 1,
      pull_request: {
        title: 'Add b',
        merged: false,
        commits: 1,
        changed_files: 1,
        head: { ref: 'topic', repo: { full_name: 'tidewater/pulled' } },
        base: { ref: 'main' },
        user: { login: 'waymark-portal' },
      },
    });
    expect(synchronized).toMatchObject({
      action: 'synchronize',
      after: head,
      pull_request: { commits: 2, head: { sha: head } },
    });
    expect(closed).toMatchObject({
      action: 'closed',
      pull_request: {
        merged: true,
        state: 'closed',
        merged_by: { login: 'waymark-portal' },
      },
    });
    expect(closed.pull_request.merge_commit_sha).toMatch(/^[0-9a-f]{40}$/);
  });

  it('tells of deployments and workflow runs, which wait for a runner', async () => {
    const { sha } = await forge.seed('deployed', {
      '.github/workflows/ci.yml':
        'name: CI\non:\n  push:\n    branches: [main]\n  workflow_dispatch:\njobs: {}\n',
      '.github/workflows/release.yaml':
        'name: Release\non:\n  push:\n    tags: ["v*"]\njobs: {}\n',
      '.github/workflows/broken.yml': 'on: [push\n',
    });
    const target = { owner: org, repo: 'deployed' };
    const octokit = forge.octokit();
    const { data: deployment } = await octokit.rest.repos.createDeployment({
      ...target,
      ref: 'main',
      environment: 'production',
      required_contexts: [],
    });
    if (!('id' in deployment)) {
      throw new Error('no deployment was made');
    }
    await octokit.rest.repos.createDeploymentStatus({
      ...target,
      deployment_id: deployment.id,
      state: 'success',
      environment_url: 'https://shop.tidewater.example',
    });
    await receiver.until(
      () => receiver.events('deployment_status').length === 1,
    );
    expect(receiver.events('workflow_run')).toEqual([
      expect.objectContaining({
        action: 'requested',
        workflow_run: expect.objectContaining({
          name: 'CI',
          status: 'queued',
          head_sha: sha,
        }),
      }),
    ]);
    expect(receiver.events('deployment')[0]).toMatchObject({
      action: 'created',
      deployment: { id: deployment.id, sha, environment: 'production' },
    });
    expect(receiver.events('deployment_status')[0]).toMatchObject({
      deployment: { id: deployment.id },
      deployment_status: {
        state: 'success',
        environment_url: 'https://shop.tidewater.example',
      },
    });
  });

  it('records deliveries and sends one again under its GUID', async () => {
    const octokit = forge.octokit();
    const target = { org, hook_id: hookId };
    const { data } = await octokit.rest.orgs.listWebhookDeliveries(target);
    const ping = data.find(one => one.event === 'ping');
    expect(ping).toMatchObject({ status: 'OK', status_code: 202 });
    const delivery_id = Number(ping?.id);
    const { data: full } = await octokit.rest.orgs.getWebhookDelivery({
      ...target,
      delivery_id,
    });
    expect(full.response.payload).toBe('received');
    expect(full.request.payload).toMatchObject({ hook_id: hookId });
    expect(JSON.stringify(full)).not.toContain(SECRET);
    await octokit.rest.orgs.redeliverWebhookDelivery({
      ...target,
      delivery_id,
    });
    const guids = () =>
      receiver.calls
        .filter(call => call.headers['x-github-event'] === 'ping')
        .map(call => call.headers['x-github-delivery']);
    await receiver.until(() => guids().length === 2);
    expect(guids()).toEqual([ping?.guid, ping?.guid]);
  });

  it('does not make a push wait, and delivers once the receiver is there', async () => {
    const late = await Receiver.start();
    await late.close();
    await forge.seed('patient', { 'a.txt': 'a\n' });
    const target = { owner: org, repo: 'patient' };
    const { data: hook } = await forge.octokit().rest.repos.createWebhook({
      ...target,
      config: { url: late.url, secret: SECRET, content_type: 'form' },
      events: ['push'],
    });
    const dir = await forge.folder();
    await forge.git(
      dir,
      'clone',
      '-q',
      forge.remote(org, 'patient', TOKENS.maya),
      '.',
    );
    const sha = await forge.commit(dir, { 'b.txt': 'b\n' }, 'While away');
    await forge.git(dir, 'push', '-q', 'origin', 'main');
    // The forge itself may be restarted meanwhile.
    await forge.restart();
    await late.listen(late.port);
    await late.until(() => late.calls.length === 2);
    expect(late.calls.map(call => call.headers['x-github-event'])).toEqual([
      'ping',
      'push',
    ]);
    const [, { body, headers }] = late.calls;
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(
      await verify(SECRET, body, String(headers['x-hub-signature-256'])),
    ).toBe(true);
    const payload = JSON.parse(new URLSearchParams(body).get('payload') ?? '');
    expect(payload.after).toBe(sha);
    const deliveries = await forge
      .octokit()
      .rest.repos.listWebhookDeliveries({ ...target, hook_id: hook.id });
    expect(deliveries.data).toHaveLength(2);
    await late.close();
  });

  it('lists, changes and removes hooks, and never shows a secret', async () => {
    const octokit = forge.octokit();
    const { data: hooks } = await octokit.rest.orgs.listWebhooks({ org });
    expect(JSON.stringify(hooks)).not.toContain(SECRET);
    expect(hooks[0].config.secret).toBe('********');
    const { data: changed } = await octokit.rest.orgs.updateWebhook({
      org,
      hook_id: hookId,
      events: ['push'],
      active: false,
    });
    expect(changed).toMatchObject({ events: ['push'], active: false });
    await expect(
      octokit.rest.orgs.createWebhook({
        org,
        name: 'web',
        config: { url: 'file:///etc/passwd' },
      }),
    ).rejects.toMatchObject({ status: 422 });
    await expect(
      forge.octokit(TOKENS.guest).rest.orgs.listWebhooks({ org }),
    ).rejects.toMatchObject({ status: 403 });
    await octokit.rest.orgs.deleteWebhook({ org, hook_id: hookId });
    await expect(
      octokit.rest.orgs.getWebhook({ org, hook_id: hookId }),
    ).rejects.toMatchObject({ status: 404 });
  });
});
