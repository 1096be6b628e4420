import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import {
  ruleSchema,
  scoreSchema,
  Verdict,
  verdictSchema,
} from '@waymark/backstage-plugin-compliance-common';
import { loadBundle } from '@waymark/backstage-plugin-compliance-node';
import { changed, services, Spoilt } from './__testUtils__/service';
import { complianceCommand } from './command';

const root = resolve(__dirname, '../../../..');
const NAME = 'component:default/parcel-labels';
const DAY_MS = 24 * 60 * 60 * 1000;

/** What is looked at of a component, and of a result for code hosts. */
type Reported = { entityRef: string; verdicts: Verdict[] };
type Result = { ruleId: string; partialFingerprints: Record<string, string> };

/** Helm may have to be built. */
jest.setTimeout(600_000);

const { write, remove, root: folder } = services();
afterAll(remove);

let count: number;
beforeAll(async () => {
  count = (await loadBundle()).index.rules.length;
});

async function run(...args: string[]) {
  let text = '';
  let told = '';
  const code = await complianceCommand(args, {
    root,
    out: more => {
      text += more;
    },
    progress: more => {
      told += `${more}\n`;
    },
  });
  return { code, text, told };
}

const json = async (...args: string[]) =>
  JSON.parse((await run('check', '--json', ...args)).text);

const day = (days: number) =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

describe('a component that keeps to the rules', () => {
  it('passes, and what only the portal knows is unknown and says why', async () => {
    const { code, text } = await run('check', write(), '--require-all');
    expect(code).toBe(0);
    expect(text).toContain(NAME);
    expect(text).toMatch(/score +100 +\d+ kept, 5 unknown/);
    expect(text).toMatch(/kubernetes +100 +gold +\d+ kept/);
    expect(text).toMatch(/delivery +100 +no level yet/);
    expect(text.replace(/\s+/g, ' ')).toContain(
      'settings of the Git host, which are not in the files. The portal asks there. protected-main-branch,',
    );
    expect(text).toContain('✓ No rule is broken.');
  });

  it('is known by what its folder describes, the owner too', async () => {
    const group = (kind: string) => ({
      'team/catalog-info.yaml': `kind: ${kind}\nmetadata: { name: delivery }\n`,
      'catalog-info.yaml': `kind: Location\nspec: { targets: [./*/catalog-info.yaml] }\n`,
      'app/catalog-info.yaml':
        'kind: Component\nmetadata: { name: app }\nspec: { type: library, owner: delivery }\n',
      'lib/catalog-info.yaml':
        'kind: Component\nmetadata: { name: lib }\nspec: { type: library, owner: user:ana }\n',
    });
    const outcomes = async (kind: string) => {
      const { components } = await json(
        write(group(kind)),
        '--rule',
        'owner-is-a-group',
      );
      return components.map(({ entityRef, verdicts }: Reported) => [
        entityRef,
        verdicts[0].outcome,
      ]);
    };
    expect(await outcomes('Group')).toEqual([
      ['component:default/app', 'pass'],
      ['component:default/lib', 'unknown'],
    ]);
    expect(await outcomes('User')).toEqual([
      ['component:default/app', 'unknown'],
      ['component:default/lib', 'unknown'],
    ]);
  });
});

describe('a component that breaks a rule', () => {
  const mistakes: [string, Spoilt, RegExp][] = [
    [
      'catalog-fields',
      changed('catalog-info.yaml', '  lifecycle: production\n', ''),
      /catalog-info\.yaml:10: .*lifecycle/,
    ],
    [
      'api-definitions',
      { 'api/openapi.yaml': undefined },
      /catalog-info\.yaml:15: the API labels-api has no spec\.definition/,
    ],
    [
      'runbook',
      { 'docs/runbook.md': undefined },
      /^ {4}has no runbook: write docs\/runbook\.md/m,
    ],
    [
      'pinned-actions',
      changed('.github/workflows/ci.yml', '@8aad20d1', '@v6 #'),
      /\.github\/workflows\/ci\.yml:8: actions\/checkout@v6 is not pinned/,
    ],
    [
      'allowed-registries',
      changed('chart/values.yaml', 'ghcr.io/tidewater', 'docker.io/somebody'),
      /chart\/values\.yaml:\d+: .*docker\.io\/somebody/,
    ],
    [
      'alerts-with-runbook',
      changed('monitoring/alerts.yaml', 'runbook_url', 'summary'),
      /monitoring\/alerts\.yaml: the alert ErrorBudgetBurn has no annotation/,
    ],
    [
      'no-secret-in-repository',
      { '.env': 'NAME=labels\nKEY=AKIAIOSFODNN7ABCDEFG\n' },
      /\.env:2: holds what looks like an access key of AWS/,
    ],
  ];

  it.each(mistakes)('is told where: %s', async (rule, spoilt, expected) => {
    const { code, text } = await run('check', write(spoilt), '--rule', rule);
    expect(text).toMatch(expected);
    expect(text).toMatch(/^ {4}fix {2}\S/m);
    expect(text).toMatch(/^ {4}why {2}\S/m);
    expect(text).toContain('✗ 1 rule broken.');
    expect(code).toBe(1);
  });

  const spoilt = {
    'docs/runbook.md': undefined,
    'docs/adr/0001-own-printer-driver.md': undefined,
    '.env': 'KEY=AKIAIOSFODNN7ABCDEFG\n',
  };
  const order = ['no-secret-in-repository', 'runbook', 'decision-records'];

  it('is told the worst first, and how the tracks stand', async () => {
    const { text } = await run('check', write(spoilt));
    const told = order.map(rule => text.indexOf(`, ${rule}\n`));
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(Math.min(...told)).toBeGreaterThan(0);
    expect(text).toMatch(/ownership +\d+ +no level yet +\d+ kept, 2 broken/);
    expect(text).toContain('✗ 3 rules broken.');
  });

  it.each([
    ['critical', 1],
    ['none', 0],
  ])('fails from a severity on: %s', async (severity, expected) => {
    const where = write(spoilt);
    const { code } = await run('check', where, '--fail-on', severity);
    expect(code).toBe(expected);
    const ownership = ['--track', 'ownership', '--fail-on', severity];
    const { text, code: other } = await run('check', where, ...ownership);
    expect(other).toBe(0);
    expect(text).toContain('✓ 2 rules broken; the check passes.');
    expect(text).not.toContain('no-secret-in-repository');
  });

  it('tells programs in the shapes of the portal', async () => {
    const { revision, today, components } = await json(write(spoilt));
    expect(revision).toMatch(/^[0-9a-f]{64}$/);
    expect(today).toBe(day(0));
    const [{ entityRef, total, tracks, verdicts, failed }] = components;
    expect(entityRef).toBe(NAME);
    expect(scoreSchema.parse(total)).toMatchObject({ failed: 3, unknown: 5 });
    expect(tracks).toHaveLength(5);
    expect(verdictSchema.array().parse(verdicts)).toHaveLength(count);
    expect(failed).toEqual(order);
    expect(verdicts.find(({ outcome }: Verdict) => outcome === 'fail')).toEqual(
      {
        rule: 'no-secret-in-repository',
        outcome: 'fail',
        findings: [
          {
            message: expect.stringContaining('an access key of AWS'),
            file: '.env',
            line: 1,
          },
        ],
      },
    );
  });

  it('tells code hosts, file by file from the root of the repository', async () => {
    const repository = write();
    const service = join(repository, 'services/parcel labels');
    mkdirSync(join(repository, 'services'));
    renameSync(write(spoilt), service);
    // As in one repository of several services.
    renameSync(join(service, '.git'), join(repository, 'old.git'));
    const file = join(folder, 'found.sarif');
    const { code } = await run('check', service, '--sarif', file);
    expect(code).toBe(1);
    const { version, runs } = JSON.parse(readFileSync(file, 'utf8'));
    expect(version).toBe('2.1.0');
    const [{ tool, automationDetails, invocations, results }] = runs;
    expect(automationDetails.id).toBe(`waymark-compliance/${NAME}/`);
    expect(results.map(({ ruleId }: Result) => ruleId)).toEqual(order);
    const [secret, runbook] = results;
    expect(tool.driver.rules[secret.ruleIndex]).toMatchObject({
      id: 'no-secret-in-repository',
      help: { text: expect.stringMatching(/^Why: .*\n\nFix: /s) },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'bronze'], 'security-severity': '9.5' },
    });
    const at = (path: string) => ({
      physicalLocation: {
        artifactLocation: {
          uri: `services/parcel%20labels/${path}`,
          uriBaseId: '%SRCROOT%',
        },
        region: { startLine: 1 },
      },
    });
    expect(secret.locations).toEqual([at('.env')]);
    expect(runbook.locations).toEqual([at('catalog-info.yaml')]);
    const prints = results.map(
      ({ partialFingerprints }: Result) =>
        partialFingerprints['waymarkFinding/v1'],
    );
    expect(new Set(prints).size).toBe(3);
    expect(invocations[0].toolExecutionNotifications).toHaveLength(5);

    // It moves with what stands above it, and stays the finding that it was.
    writeFileSync(join(service, '.env'), `A=1\n\n${spoilt['.env']}`);
    await run('check', service, '--sarif', file);
    const [moved] = JSON.parse(readFileSync(file, 'utf8')).runs[0].results;
    expect(moved.partialFingerprints).toEqual(secret.partialFingerprints);
    expect(moved.locations[0].physicalLocation.region.startLine).toBe(3);
  });

  it('shows no control characters of a file', async () => {
    const { text } = await run(
      'check',
      write(
        changed(
          '.github/workflows/ci.yml',
          'actions/checkout@',
          '"\\e[2Jactions/checkout@v6" #',
        ),
      ),
      '--rule',
      'pinned-actions',
    );
    expect(text).toContain('actions/checkout@v6');
    expect(text).not.toContain('\u001b');
  });
});

describe('what the platform team has exempted', () => {
  const spoilt = { 'docs/runbook.md': undefined };
  const exemption = (until: string, service = 'parcel-labels') =>
    `- rule: runbook\n  service: ${service}\n  until: ${until}\n  reason: Being written\n`;
  const check = (text: string, ...more: string[]) => {
    const file = join(folder, 'exemptions.yaml');
    writeFileSync(file, text);
    return run('check', write(spoilt), '--exemptions', file, ...more);
  };

  it('is silent up to and with its last day, and counted as exempt', async () => {
    const file = join(folder, 'exempt.sarif');
    const until = day(0);
    const { code, text } = await check(exemption(until), '--sarif', file);
    expect(code).toBe(0);
    expect(text).toContain(`exempt until ${until}  runbook: Being written`);
    expect(text).toMatch(/ownership +100 .* \d+ kept, 1 exempt, 1 unknown/);
    const [{ results }] = JSON.parse(readFileSync(file, 'utf8')).runs;
    expect(results).toMatchObject([
      {
        ruleId: 'runbook',
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: `Until ${until}: Being written`,
          },
        ],
      },
    ]);
  });

  it('counts the day after, and for others', async () => {
    expect((await check(exemption(day(-1)))).code).toBe(1);
    expect((await check(exemption(day(9), 'other'))).code).toBe(1);
  });

  it('comes from the portal, with a token', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization);
      if (request.url !== '/export') response.statusCode = 403;
      response.end(
        JSON.stringify([
          { rule: 'runbook', service: 'parcel-labels', until: day(1) },
        ]),
      );
    });
    await new Promise<void>(done => {
      server.listen(0, '127.0.0.1', done);
    });
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    process.env.WAYMARK_TOKEN = 'a-token';
    try {
      const where = write(spoilt);
      const checkWith = (path: string) =>
        run('check', where, '--exemptions', `${url}${path}`);
      expect((await checkWith('/export')).code).toBe(0);
      expect(asked).toEqual(['Bearer a-token']);
      await expect(checkWith('/other')).rejects.toThrow('it answers 403');
      await expect(
        run('check', where, '--exemptions', 'http://portal.example/export'),
      ).rejects.toThrow('WAYMARK_TOKEN is sent by https only');
    } finally {
      delete process.env.WAYMARK_TOKEN;
      server.close();
    }
  });

  it('must be readable: nobody is refused for what they are allowed', async () => {
    await expect(check('- rule: runbook\n')).rejects.toThrow(
      /exemptions\.yaml is no list of exemptions: 0\.service/,
    );
    await expect(check(exemption('next year'))).rejects.toThrow(
      '0.until: must be a day',
    );
  });
});

describe('a component without a chart', () => {
  const pod = (image: string) => `apiVersion: v1
kind: Service
metadata: { name: parcel-labels }
---
apiVersion: v1
kind: Pod
metadata:
  name: parcel-labels
spec:
  containers:
    - name: app
      image: ${image}
`;
  const bespoke = {
    'chart/Chart.yaml': undefined,
    'chart/env/production.yaml': undefined,
    'chart/values.yaml': undefined,
  };
  const asked = (files: Spoilt) =>
    run('check', write({ ...bespoke, ...files }), '--rule', 'pinned-image');

  it('is judged by its manifests, to the line', async () => {
    const { code, text } = await asked({ 'deploy/all.yaml': pod('nginx') });
    expect(text).toMatch(/deploy\/all\.yaml:12: .*runs nginx/);
    expect(code).toBe(1);
    const kept = await asked({ 'k8s/base/all.yaml': pod('nginx:1.29') });
    expect(kept.code).toBe(0);
  });

  it('is not known by a broken one, and not judged without any', async () => {
    const broken = await json(
      write({ ...bespoke, 'deploy/all.yaml': 'kind: [' }),
      '--rule',
      'pinned-image',
    );
    expect(broken.components[0].verdicts[0]).toMatchObject({
      outcome: 'unknown',
      reason: expect.stringMatching(/^deploy\/all\.yaml cannot be read/),
    });
    const none = await json(write(bespoke), '--rule', 'pinned-image');
    expect(none.components[0].verdicts[0].outcome).toBe('not-applicable');
  });
});

describe('what cannot be looked at', () => {
  it.each<[string, Spoilt, string | RegExp]>([
    [
      'no catalog-info.yaml',
      { 'catalog-info.yaml': undefined },
      /service-\d+ has no catalog-info\.yaml, .* Add one, or name the folder/,
    ],
    [
      'no component',
      { 'catalog-info.yaml': 'kind: API\nmetadata: { name: a }\n' },
      'describes no component',
    ],
    [
      'no YAML',
      changed('catalog-info.yaml', 'kind: Component', 'kind: [Component'),
      /^catalog-info\.yaml:\d+: /,
    ],
    [
      'no end of aliases',
      { 'catalog-info.yaml': 'kind: Component\nspec: &a [*a]\n' },
      /^catalog-info\.yaml:1: cannot be written out: /,
    ],
  ])('says so: %s', async (_, spoilt, expected) => {
    await expect(run('check', write(spoilt))).rejects.toThrow(expected);
  });

  it('is unknown where it is a chart, and fails only who requires all', async () => {
    const where = write(
      changed('chart/values.yaml', 'tag: v1.4.2', 'tag: latest'),
    );
    const { code, text } = await run('check', where, '--track', 'kubernetes');
    expect(code).toBe(0);
    expect(text).toContain('The chart cannot be rendered for production');
    const args = ['--track', 'kubernetes', '--require-all'];
    const required = await run('check', where, ...args);
    expect(required.code).toBe(2);
    expect(required.told).toContain('not answered: ');
    expect(required.told).toContain('pinned-image');
  });

  it.each([
    [['check', '--rule', 'nothing'], 'There is no rule nothing'],
    [['check', '--track', 'nothing'], 'There is no track nothing'],
    [['check', '--fail-on', 'nothing'], '--fail-on nothing: give critical'],
    [['check', '--nothing'], "Unknown option '--nothing'"],
    [['check', '/no/such/folder'], 'There is no folder /no/such/folder'],
    [['explain', 'nothing'], 'There is no rule nothing'],
    [['nothing'], 'There is no compliance nothing'],
  ])('says what is asked wrongly: %j', async (args, expected) => {
    await expect(run(...args)).rejects.toThrow(expected);
  });
});

describe('the rules', () => {
  it('are listed and explained', async () => {
    const { text } = await run('rules');
    expect(text.match(/^ {2}(bronze|silver|gold) /gm)).toHaveLength(count);
    expect(text).toMatch(
      /^ {2}silver +high +runbook +A runbook says what to do/m,
    );
    const listed = JSON.parse((await run('rules', '--json')).text);
    expect(ruleSchema.array().parse(listed.rules)).toHaveLength(count);

    const explained = (await run('explain', 'runbook')).text;
    expect(explained).toContain('runbook: high, silver of ownership');
    expect(explained).toMatch(/^why {3}Who is woken at three/m);
    expect(explained).toMatch(/^fix {3}Write docs\/runbook\.md/m);
    expect(explained).toContain('Asked of what runs');
  });
});
