import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { Cli } from '../support/cli';
import { PortalClient } from '../support/faults/client';
import { Clone } from '../support/faults/forge';
import { shared } from '../support/faults/place';

let cli: Cli;
test.beforeAll(() => {
  cli = new Cli();
});
test.afterAll(() => cli.remove());

const kept = () =>
  JSON.parse(readFileSync(cli.credentials, 'utf8')).portals[shared.portalUrl];

/** Takes up a sign-in later than it was made. */
function age(change: object) {
  const all = JSON.parse(readFileSync(cli.credentials, 'utf8'));
  Object.assign(all.portals[shared.portalUrl], change);
  writeFileSync(cli.credentials, JSON.stringify(all));
}

test('one signs in in the browser, stays signed in, and signs out', async ({
  page,
}) => {
  const nobody = await cli.run(['whoami', '--portal', shared.portalUrl]);
  expect(nobody.code).toBe(2);
  expect(nobody.err).toContain(`waymark login ${shared.portalUrl}`);

  const signedIn = await cli.signIn(page, 'Maya Okafor');
  expect(signedIn).toMatchObject({
    code: 0,
    out: `Signed in to ${shared.portalUrl} as Maya Okafor (user:default/maya.okafor).\n`,
  });
  expect(statSync(cli.credentials).mode & 0o777).toBe(0o600);
  const { accessToken, refreshToken } = kept();
  for (const token of [accessToken, refreshToken]) {
    expect(`${signedIn.out}${signedIn.err}${page.url()}`).not.toContain(token);
  }

  const whoami = await cli.run(['whoami', '--json']);
  expect(JSON.parse(whoami.out)).toEqual({
    portal: shared.portalUrl,
    ref: 'user:default/maya.okafor',
    title: 'Maya Okafor',
    teams: expect.arrayContaining(['group:default/checkout']),
  });

  // A token that is over is renewed, by one of the two.
  age({ expiresAt: 0 });
  const both = await Promise.all([cli.run(['whoami']), cli.run(['whoami'])]);
  expect(both.map(({ code, err }) => ({ code, err }))).toEqual([
    { code: 0, err: '' },
    { code: 0, err: '' },
  ]);
  const renewed = kept();
  expect(renewed.refreshToken).not.toBe(refreshToken);

  const out = await cli.run(['logout']);
  expect(out).toMatchObject({
    code: 0,
    out: `Signed out of ${shared.portalUrl}.\n`,
    err: '',
  });
  expect(kept()).toBeUndefined();
  const again = await fetch(`${shared.portalUrl}/api/auth/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      grant_type: 'refresh_token',
      refresh_token: renewed.refreshToken,
    }),
  });
  expect(again.status).toBe(400);
});

test('a sign-in that is cancelled, or brought by somebody else, is none', async ({
  page,
}) => {
  const login = cli.start(['login', shared.portalUrl, '--no-browser']);
  const [, address] = await login.says(/^ {2}(http\S+)$/m);
  const back = new URL(address).searchParams.get('redirect_uri')!;
  const forged = await page.request.get(`${back}?code=abc&state=guessed`);
  expect(forged.status()).toBe(400);

  await page.goto(address);
  await page.getByText('Enter as Maya Okafor').click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('You are not signed in.')).toBeVisible();
  expect(await login.ended).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('cancelled in the browser'),
  });
});

test('a service is made from the terminal, and its page and numbers are there', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await cli.signIn(page, 'Maya Okafor');
  const name = `by-hand-${Date.now().toString(36)}`;
  const answers = [
    ...['--template', 'python-fastapi', '--name', name, '--owner', 'Checkout'],
    ...['--set', 'description=Made in a terminal', '--set', 'database=no'],
  ];

  const dry = await cli.run(['scaffold', 'new', ...answers, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toMatch(
    /├── docs\/\n[^]*├── Dockerfile [^]*Nothing was made/,
  );
  expect(dry.out).not.toContain('migrations');

  const made = await cli.run(['scaffold', 'new', ...answers, '--json']);
  expect(made.code, made.err).toBe(0);
  expect(made.err).toMatch(/✓ +1\/\d+ Look up the golden path/);
  expect(made.err).toContain('Create the repository');
  const outcome = JSON.parse(made.out);
  expect(outcome).toMatchObject({
    result: 'completed',
    entityRef: `component:default/${name}`,
    registered: true,
  });
  const repository = outcome.links.find(
    (link: { title: string }) => link.title === 'Repository',
  );
  expect((await page.request.get(repository.url)).status()).toBe(200);

  const opened = await cli.run(['open', name, '--print']);
  await page.goto(opened.out.trim());
  await expect(page.getByRole('heading', { name })).toBeVisible();

  const numbers = await cli.run(['dora', 'show', name]);
  expect(numbers).toMatchObject({ code: 0, err: '' });
  expect(numbers.out).toMatch(/Change lead time +no change +0 changes/);

  // Once it is taken, nothing is begun.
  const again = await cli.run(['scaffold', 'new', ...answers]);
  expect(again.code).toBe(2);
  expect(again.err).toContain(`${name} is taken`);

  // The same from the pages of the portal, and how it went.
  const watched = await cli.run(['scaffold', 'watch', outcome.taskId]);
  expect(watched.code).toBe(0);
  expect(watched.out).toContain(outcome.entityRef);
});

test('Ctrl-C leaves a creation under way, and says how to watch it', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await cli.signIn(page, 'Maya Okafor');
  const name = `let-go-${Date.now().toString(36)}`;
  const making = cli.start([
    ...['scaffold', 'new', '-t', 'go-grpc-service', '-n', name],
    ...['--owner', 'checkout', '--set', 'description=Let go of'],
  ]);
  await making.says(/✓/);
  making.interrupt();
  const { code, out, err } = await making.ended;
  expect({ code, out }).toEqual({ code: 2, out: '' });
  const [, task] = /waymark scaffold watch (\S+)/.exec(err)!;

  const watched = await cli.run(['scaffold', 'watch', task]);
  expect(watched.code, watched.err).toBe(0);
  expect(watched.out).toContain(`component:default/${name} is made`);
});

test('answers that cannot be are named, and nothing is made', async ({
  page,
}) => {
  await cli.signIn(page, 'Maya Okafor');
  const tried = (...more: string[]) =>
    cli.run(['scaffold', 'new', '--template', 'node-api', ...more]);
  const wrong = await tried('--name', 'Not a Name', '--owner', 'checkout');
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('Name (--name): Use small letters');
  expect(wrong.err).toContain('Description (--set description=…)');
  expect((await tried('--owner', 'chekout')).err).toContain(
    'Did you mean checkout?',
  );
  expect((await tried('--set', 'replcas=3')).err).toContain(
    'Did you mean replicas?',
  );
  const unknown = await cli.run(['scaffold', 'new', '-t', 'node-apo']);
  expect(unknown.err).toContain('Did you mean node-api?');
});

test('templates are listed and shown with a token alone, which is not told', async () => {
  const { token } = await PortalClient.as('priya.raman');
  const env = { WAYMARK_URL: shared.portalUrl, WAYMARK_TOKEN: token };
  const list = await cli.run(['templates', 'list'], env);
  expect(list).toMatchObject({ code: 0, err: '' });
  expect(list.out).toMatch(/^node-api +\d+\.\d+\.\d+ +active +Node\.js API$/m);
  const show = await cli.run(['templates', 'show', 'node-api', '--json'], env);
  expect(JSON.parse(show.out)).toMatchObject({ name: 'node-api' });
  const whoami = await cli.run(['whoami'], env);
  expect(whoami.out).toContain('user:default/priya.raman');

  const wrong = { ...env, WAYMARK_TOKEN: `${token}x` };
  const refused = await cli.run(['templates', 'list'], wrong);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('WAYMARK_TOKEN');
  for (const { out, err } of [list, show, whoami, refused]) {
    expect(`${out}${err}`).not.toContain(token);
  }
});

test('at a terminal it asks for what is missing', async ({ page }) => {
  await cli.signIn(page, 'Maya Okafor');
  const name = `asked-for-${Date.now().toString(36)}`;
  const asked = cli.atTerminal([
    'scaffold',
    'new',
    '--dry-run',
    '--set',
    'tier=low',
  ]);
  const answer = async (question: RegExp, text: string) => {
    await asked.says(question);
    asked.type(text);
  };
  await answer(/Golden path\? $/, 'python-fastapi');
  await answer(/Name\r?\n[^]*\? $/, 'Not a name');
  await answer(/Use small letters[^]*\? $/, name);
  await answer(/Description\r?\n[^]*\? $/, 'Asked at a terminal');
  await answer(/1 {2}Checkout\r?\n[^]*\? \[Checkout\] $/, '');
  await answer(/System \(may be left empty\)[^]*\? $/, '');
  await answer(/Replicas\r?\n[^]*\? \[2\] $/, '11');
  await answer(/It must be <= 10\.\r?\n\? \[2\] $/, '3');
  await answer(/Memory[^]*\? \[256 MiB\] $/, '1');
  await answer(/Who may call it[^]*\[Only other services[^\]]*\] $/, '');
  await answer(/in PostgreSQL\?[^]*\? \[Yes\] $/, 'n');
  const { code, out } = await asked.ended;
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/catalog-info\.yaml[^]*Nothing was made/),
  });
  expect(out).not.toContain('How bad is it');
  expect(out).not.toContain('migrations/');
});

test('a step that fails is named with its reason', async ({ page }) => {
  test.setTimeout(120_000);
  await cli.signIn(page, 'Maya Okafor');
  const name = `in-the-way-${Date.now().toString(36)}`;
  const other = await Clone.create(name);
  await other.push({ 'README.md': '# Somebody else has it\n' });
  other.remove();
  const { code, out, err } = await cli.run([
    ...['scaffold', 'new', '-t', 'go-grpc-service', '-n', name],
    ...['--owner', 'checkout', '--set', 'description=In the way'],
  ]);
  expect(code).toBe(1);
  expect(err).toMatch(/✗ +\d+\/\d+ Create the repository/);
  expect(out).toContain('✗ It failed: Create the repository.');
  expect(out).toContain(name);
  expect(out).toContain(`${shared.portalUrl}/create/tasks/`);
  expect(out).not.toContain('    at ');
});

test('a page is opened in the browser of whoever asks', async ({ page }) => {
  await cli.signIn(page, 'Maya Okafor');
  const seen = join(cli.folder, 'seen');
  const browser = join(cli.folder, 'browser');
  writeFileSync(browser, `#!/bin/sh\nprintf '%s' "$1" >> ${seen}\n`, {
    mode: 0o755,
  });
  writeFileSync(
    join(cli.here, 'catalog-info.yaml'),
    'kind: Component\nmetadata: { name: pricing-service }\n',
  );
  const opened = await cli.run(['open'], { BROWSER: browser });
  expect(opened).toMatchObject({ code: 0, out: '' });
  await expect.poll(() => existsSync(seen)).toBe(true);
  const address = readFileSync(seen, 'utf8');
  expect(address).toBe(
    `${shared.portalUrl}/catalog/default/component/pricing-service`,
  );
  await page.goto(address);
  await expect(
    page.getByRole('heading', { name: 'Pricing service' }),
  ).toBeVisible();

  const slip = await cli.run(['open', 'pricing-servic'], { BROWSER: browser });
  expect(slip.code).toBe(2);
  expect(slip.err).toContain('component:default/pricing-servic');
});
