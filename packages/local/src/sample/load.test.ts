import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import { loadSampleCompany } from '.';
import { SAMPLE_DIR } from './__testUtils__/sample';

const BASKET = 'components/basket-service.yaml';

/** What is wrong, in which file, from what to what, and what must be said. */
const mistakes: [string, string, string, string, string][] = [
  [
    'an owner that is no team',
    BASKET,
    'owner: checkout',
    'owner: chekout',
    'owner: no team "chekout"',
  ],
  [
    'an unknown key',
    BASKET,
    'tier: 1',
    'tier: 1\nteir: 2',
    "(file): Unrecognized key(s) in object: 'teir'",
  ],
  ['a wrong type', BASKET, 'tier: 1', 'tier: first', 'tier: Expected number'],
  [
    'a name that is not the file',
    BASKET,
    'name: basket-service',
    'name: cart-service',
    "name: must be the same as the file's name",
  ],
  [
    'a name that is a path',
    BASKET,
    'name: basket-service',
    'name: ../basket',
    'name: must be lower-case words',
  ],
  [
    'a source path out of the repository',
    BASKET,
    '  main.go: |',
    '  ../../main.go: |',
    'source.../../main.go: must be a plain path',
  ],
  [
    'a source path into .git',
    BASKET,
    '  main.go: |',
    '  .git/hooks/post-update: |',
    'must be a plain path',
  ],
  [
    'an absolute source path',
    BASKET,
    '  main.go: |',
    '  /etc/passwd: |',
    'must be a plain path',
  ],
  [
    'a title of two lines',
    BASKET,
    'title: Basket service',
    'title: "Basket\\nservice"',
    'title: must be one line',
  ],
  [
    'a diagram that ends its fence',
    BASKET,
    '    flowchart LR',
    '    ```\n    flowchart LR',
    'architecture.diagram: must not contain a code fence',
  ],
  [
    'an API nobody provides',
    BASKET,
    'api:warehouse-api',
    'api:warehose-api',
    'uses.1.ref: nobody provides the API "warehose-api"',
  ],
  [
    'an unknown component',
    BASKET,
    'api:warehouse-api',
    'component:nothing',
    'uses.1.ref: no component "nothing"',
  ],
  [
    'a reference of a wrong kind',
    BASKET,
    'api:warehouse-api',
    'group:checkout',
    'uses.1.ref: must be api:, component: or resource:',
  ],
  [
    'an API without a definition',
    BASKET,
    'api: basket-api',
    'api: baskets-api',
    'provides.0.api: no definition apis/baskets-api.*',
  ],
  [
    'a runbook for no alert',
    BASKET,
    'alerts: [BasketUnavailable]',
    'alerts: [BasketGone]',
    'runbook.0.alerts: no alert "BasketGone"',
  ],
  [
    'a commit by nobody',
    BASKET,
    'author: tomasz.wojcik',
    'author: tom.woj',
    'history.2.author: no person "tom.woj"',
  ],
  [
    'commits out of order',
    BASKET,
    'daysAgo: 150',
    'daysAgo: 250',
    'history.3.daysAgo: must not be before the commit above it',
  ],
  [
    'a commit in the future',
    BASKET,
    'daysAgo: 150',
    'daysAgo: 0',
    'history.3.daysAgo: Number must be greater than or equal to 1',
  ],
  [
    'a commit that brings something unknown',
    BASKET,
    'brings: [api]',
    'brings: [api, wiki]',
    'history.0.brings: there is no part or source file "wiki"',
  ],
  [
    'a part that no commit brings',
    BASKET,
    'brings: [deploy, workflow]',
    'brings: [deploy]',
    'history: no commit brings "workflow"',
  ],
  [
    'a deprecated component without successor',
    'components/legacy-cart.yaml',
    'successor: basket-service',
    '',
    'successor: a deprecated component must name one',
  ],
  [
    'malformed YAML',
    BASKET,
    'tags: [basket, grpc]',
    'tags: [basket, grpc',
    'Flow sequence',
  ],
  [
    'a key given twice',
    BASKET,
    'tier: 1',
    'tier: 1\ntier: 2',
    'Map keys must be unique',
  ],
  [
    'a definition of no known kind',
    'apis/payments-api.yaml',
    'openapi: 3.0.3',
    'swagger: "2.0"',
    '(file): must start with an openapi or asyncapi version',
  ],
  [
    'a team without its department',
    'company.yaml',
    'department: logistics, escalation: kwame.boateng',
    'department: logistic, escalation: kwame.boateng',
    'teams.fulfilment.department: no department "logistic"',
  ],
  [
    'manifests of no team',
    'company.yaml',
    '  delivery:\n    folder: k8s',
    '  deliveries:\n    folder: k8s',
    'manifests.deliveries: no team "deliveries"',
  ],
  [
    'a habit that is none',
    'company.yaml',
    '    habits: [registry]',
    '    habits: [registries]',
    'manifests.data-insights.habits.0: Invalid enum value',
  ],
  [
    'manifests that differ by what the team has anyway',
    'components/carrier-labels.yaml',
    'adds: [privileged]',
    'adds: [probes]',
    'operations.manifests.adds: the team has "probes" anyway',
  ],
  [
    'manifests that lack what the team does not have',
    'components/carrier-labels.yaml',
    'lacks: [version,',
    'lacks: [spread,',
    'operations.manifests.lacks: the team does not have "spread"',
  ],
];

describe('loadSampleCompany', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sample-'));
    cpSync(SAMPLE_DIR, folder, { recursive: true });
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const failure = () => {
    try {
      loadSampleCompany(folder);
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      return (error as InputError).message;
    }
    throw new Error('the company was accepted');
  };

  it('reads the company as committed', () => {
    const company = loadSampleCompany(folder);
    expect(company.components.map(({ name }) => name)).toEqual(
      company.components.map(({ name }) => name).sort(),
    );
  });

  it.each(mistakes)('refuses %s', (_, file, from, to, said) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    expect(text).toContain(from);
    writeFileSync(path, text.replace(from, to));

    const message = failure();

    expect(message).toContain(said);
    expect(message).toContain(`${file}:`);
  });

  it('refuses a definition that nobody provides', () => {
    writeFileSync(join(folder, 'apis/loose-api.yaml'), 'openapi: 3.0.3\n');
    expect(failure()).toBe(
      'apis/loose-api.yaml: (file): no component provides it',
    );
  });

  it('refuses an alias bomb', () => {
    const levels = [...'abcdefgh'].map((name, index, all) => {
      const below = index === 0 ? '"x"' : `*${all[index - 1]}`;
      return `${name}: &${name} [${Array(10).fill(below).join(', ')}]`;
    });
    writeFileSync(join(folder, BASKET), levels.join('\n'));
    expect(failure()).toMatch(/^components\/basket-service\.yaml: .*alias/i);
  });

  it('names every problem at once', () => {
    const path = join(folder, BASKET);
    const text = readFileSync(path, 'utf8');
    writeFileSync(
      path,
      text.replace('owner: checkout', 'owner: a').replace('aiko.tanaka', 'a.b'),
    );
    expect(failure().split('\n')).toEqual([
      `${BASKET}: owner: no team "a"`,
      `${BASKET}: history.0.author: no person "a.b"`,
    ]);
  });
});
