import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Entity } from '@backstage/catalog-model';
import { startForge } from '@waymark/forge';
import { parseAllDocuments } from 'yaml';
import { openToolbox } from '../../packages/cli/src/tools/toolbox';
import { root } from '../lib/paths';
import { runStep } from '../lib/step';
import { openStores } from './database';
import { servePortal } from './portal';
import { renderRepositories } from './repositories';

const run = promisify(execFile);
const TIMES = 50;
const TOKEN = 'only-for-this-benchmark';
const OWNER = 'tidewater';
const RULE = 'runbook';
const RUNBOOK = 'docs/runbook.md';
const LOOK_AGAIN_MS = 5;
const PATIENCE_MS = 60_000;

/** From the event of a push until what it changed is in the database. */
runStep(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-bench-push-'));
  const forge = await startForge({
    dataDir: join(folder, 'forge'),
    port: 0,
    organisations: [{ login: OWNER, name: 'Tidewater' }],
    accounts: [{ login: 'waymark', token: TOKEN }],
  });
  const place = (name: string) => `${forge.url}/${OWNER}/${name}`;
  const publish = async (name: string, fill: (folder: string) => void) => {
    const response = await fetch(`${forge.url}/api/v3/orgs/${OWNER}/repos`, {
      method: 'POST',
      headers: { authorization: `token ${TOKEN}` },
      body: JSON.stringify({ name, private: true }),
    });
    if (!response.ok) throw new Error(await response.text());
    const tree = join(folder, name);
    mkdirSync(tree);
    fill(tree);
    const remote = new URL(`${place(name)}.git`);
    [remote.username, remote.password] = ['x-access-token', TOKEN];
    await git(tree, 'init', '--quiet', '--initial-branch', 'main');
    await git(tree, 'remote', 'add', 'origin', remote.href);
    await push(tree);
    return tree;
  };

  const { name, files } = (await renderRepositories()).find(
    repository => repository.path === 'node-api',
  )!;
  await publish('platform', tree =>
    cpSync(join(root, 'platform/charts'), join(tree, 'charts'), {
      recursive: true,
    }),
  );
  const tree = await publish(name, target => {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(target, path)), { recursive: true });
      writeFileSync(join(target, path), content);
    }
  });

  const { components, knex } = await openStores();
  const portal = await servePortal({
    knex,
    entities: entitiesOf(files['catalog-info.yaml'], place(name)),
    config: {
      integrations: {
        github: [
          {
            host: new URL(forge.url).host,
            apiBaseUrl: `${forge.url}/api/v3`,
            token: TOKEN,
          },
        ],
      },
      compliance: {
        charts: { url: `${place('platform')}/tree/main/charts` },
        helm: openToolbox(root, process.env).find('helm')!,
      },
    },
  });
  const entityRef = `component:default/${name}`;
  await components.save([
    {
      entityRef,
      title: name,
      owner: 'group:default/delivery',
      repository: place(name).replace('http://', ''),
      etag: '',
    },
  ]);

  const outcome = async (): Promise<string | undefined> => {
    const row = await knex('verdicts')
      .join('components', 'components.id', 'component_id')
      .where({ entity_ref: entityRef, rule: RULE })
      .first('outcome');
    return row?.outcome;
  };
  const measured: number[] = [];
  for (let time = -1; time < TIMES; time++) {
    const wanted = time % 2 === 0 ? 'fail' : 'pass';
    if (time >= 0) {
      if (wanted === 'fail') rmSync(join(tree, RUNBOOK));
      else writeFileSync(join(tree, RUNBOOK), files[RUNBOOK]);
      await push(tree);
    }
    const begun = performance.now();
    await portal.publish('github.push', {
      ref: 'refs/heads/main',
      repository: { html_url: place(name), default_branch: 'main' },
    });
    while ((await outcome()) !== wanted) {
      if (performance.now() - begun > PATIENCE_MS) {
        throw new Error(`${RULE} is ${await outcome()} and not ${wanted}`);
      }
      await delay(LOOK_AGAIN_MS);
    }
    // The first time is a component's first, with nothing known before.
    if (time >= 0) measured.push(performance.now() - begun);
  }
  await portal.stop();
  await forge.stop();
  rmSync(folder, { recursive: true });
  return { measured };
});

function git(tree: string, ...args: string[]) {
  return run('git', args, { cwd: tree });
}

async function push(tree: string) {
  await git(tree, 'add', '--all');
  const who = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];
  await git(tree, ...who, 'commit', '--quiet', '--message', 'A change');
  await git(tree, 'push', '--quiet', 'origin', 'main');
}

/** The entities of a file as the catalog would have them, and their owner. */
function entitiesOf(text: Buffer, url: string): Entity[] {
  const owner = 'group:default/delivery';
  const group: Entity = {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'delivery', namespace: 'default' },
    spec: { type: 'team', children: [] },
  };
  const described = parseAllDocuments(text.toString('utf8')).map(document => {
    const entity = document.toJS() as Entity;
    return {
      ...entity,
      metadata: {
        ...entity.metadata,
        namespace: 'default',
        annotations: {
          ...entity.metadata.annotations,
          'backstage.io/managed-by-location': `url:${url}/blob/main/catalog-info.yaml`,
          'backstage.io/source-location': `url:${url}/tree/main/`,
        },
      },
      spec: { ...entity.spec, owner },
      relations: [{ type: 'ownedBy', targetRef: owner }],
    };
  });
  return [group, ...described];
}
