import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  NotificationSendOptions,
  notificationService,
} from '@backstage/plugin-notifications-node';
import {
  ANNOTATION_TEMPLATE,
  ANNOTATION_VERSION,
  formatScaffoldRecord,
} from '@waymark/backstage-plugin-golden-paths-common';
import { startForge } from '@waymark/forge';
import { DEVELOPER, OpenDatabase, PLATFORM, startPortal } from './portal';

const TOKEN = 'token-of-the-portal';
const OWNERS = 'group:default/checkout';
const GROUPS: Record<string, string> = {
  [PLATFORM]: 'group:default/platform-engineering',
  [DEVELOPER]: OWNERS,
};

const NAME = `
required: [name]
properties:
  name: { type: string, title: Name }
`;
const template = (version: string, questions = '') => `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata:
  name: kettle
  title: Kettle
  annotations:
    backstage.io/template-version: ${version}
spec:
  type: service
  parameters:
    - $yaml: ../_parts/name.yaml
${questions}
  steps:
    - id: render
      name: Render
      action: fetch:template
      input:
        url: ./skeleton
        templateFileExtension: .njk
        replace: true
        values:
          name: \${{ parameters.name }}
          heat: \${{ parameters.heat }}
`;
const LINES = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'];
const readme = (lines: readonly string[]) =>
  ['# ${{ values.name }}', '', ...lines, ''].join('\n');
const page = (name: string, lines: readonly string[]) =>
  readme(lines).replace('${{ values.name }}', name);

/** What is changed of the lines of the README. */
export type Lines = Partial<Record<(typeof LINES)[number], string>>;
const changed = (lines: Lines) => LINES.map(line => lines[line] ?? line);

/** A version that asks what the first one did not. */
export const HOT: [version: string, lines: Lines, more: { questions: string }] =
  [
    '2.0.0',
    { Sixth: 'Heat ${{ values.heat }}' },
    {
      questions: `    - required: [heat]
      properties:
        heat: { type: string, title: How hot }`,
    },
  ];

/** A portal with a template in a repository, and what was made from it. */
export async function startKitchen(open: OpenDatabase) {
  const folder = await mkdtemp(join(tmpdir(), 'upgrades-test-'));
  const forge = await startForge({
    dataDir: join(folder, 'forge'),
    port: 0,
    organisations: [{ login: 'tidewater', name: 'Tidewater' }],
    accounts: [{ login: 'waymark', token: TOKEN }],
  });
  const api = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${forge.url}/api/v3/repos/tidewater${path}`, {
      method,
      headers: { authorization: `token ${TOKEN}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  };
  const write = async (repository: string, files: Record<string, string>) => {
    for (const [path, text] of Object.entries(files)) {
      const address = `/${repository}/contents/${path}`;
      const known = await api('GET', address);
      await api('PUT', address, {
        message: path,
        content: Buffer.from(text).toString('base64'),
        ...(known && { sha: known.sha }),
      });
    }
    const { sha } = await api('GET', `/${repository}/commits/main`);
    return sha as string;
  };
  const create = async (name: string) => {
    const response = await fetch(`${forge.url}/api/v3/orgs/tidewater/repos`, {
      method: 'POST',
      headers: { authorization: `token ${TOKEN}` },
      body: JSON.stringify({ name, private: true }),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const location = `url:${forge.url}/tidewater/platform/blob/main/templates/kettle/template.yaml`;
  const kettle: Entity = {
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: {
      name: 'kettle',
      namespace: 'default',
      annotations: { 'backstage.io/managed-by-location': location },
    },
    spec: { type: 'service', steps: [] },
  };
  /** Puts a version of the template into its repository. */
  const release = async (
    version: string,
    lines: Lines,
    more: { questions?: string; files?: Record<string, string> } = {},
  ) => {
    const commit = await write('platform', {
      'templates/_parts/name.yaml': NAME,
      'templates/kettle/skeleton/README.md.njk': readme(changed(lines)),
      ...more.files,
      'templates/kettle/template.yaml': template(version, more.questions),
    });
    kettle.metadata.annotations![ANNOTATION_VERSION] = version;
    return commit;
  };

  await create('platform');
  const first = await release('1.0.0', {});
  const sent: NotificationSendOptions[] = [];
  const portal = await startPortal({
    open,
    folder,
    entities: [kettle],
    features: [
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () => ({
          getUserInfo: async credentials => {
            const { userEntityRef } = credentials.principal as {
              userEntityRef: string;
            };
            const own = GROUPS[userEntityRef];
            const ownershipEntityRefs = [userEntityRef, ...(own ? [own] : [])];
            return { userEntityRef, ownershipEntityRefs };
          },
        }),
      }),
      mockServices.auditor.factory(),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({
          send: async (message: NotificationSendOptions) => {
            sent.push(message);
          },
        }),
      }),
    ],
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
    },
  });
  const register = (name: string, annotations: Record<string, string>) => {
    portal.state.entities.push({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name,
        namespace: 'default',
        annotations: {
          ...annotations,
          'backstage.io/managed-by-location': `url:${forge.url}/tidewater/${name}/blob/main/catalog-info.yaml`,
          'backstage.io/source-location': `url:${forge.url}/tidewater/${name}/tree/main/`,
        },
      },
      spec: { type: 'service' },
      relations: [{ type: 'ownedBy', targetRef: OWNERS }],
    });
    return `component:default/${name}`;
  };
  return {
    api,
    write,
    release,
    portal,
    /** Whom the portal told what. */
    sent,
    /** Merges a pull request, or closes it; the portal hears of it. */
    end: async (name: string, number: number, deed: 'merge' | 'close') => {
      if (deed === 'merge') {
        await api('PUT', `/${name}/pulls/${number}/merge`, {});
        const made = portal.state.entities.find(
          one => one.metadata.name === name,
        );
        made!.metadata.annotations![ANNOTATION_VERSION] =
          kettle.metadata.annotations![ANNOTATION_VERSION];
      } else {
        await api('PATCH', `/${name}/pulls/${number}`, { state: 'closed' });
      }
      await portal.events.publish({
        topic: 'github.pull_request',
        eventPayload: {
          pull_request: {
            number,
            state: 'closed',
            merged: deed === 'merge',
          },
          repository: { html_url: `${forge.url}/tidewater/${name}` },
        },
      });
    },
    /** A repository as the first version made it. */
    make: async (name: string, record: { commit?: string } = {}) => {
      await create(name);
      await write(name, {
        'README.md': page(name, LINES),
        '.waymark/scaffold.yaml': formatScaffoldRecord({
          apiVersion: 'waymark.dev/v1',
          kind: 'Scaffold',
          template: {
            ref: 'template:default/kettle',
            version: '1.0.0',
            commit: record.commit ?? first,
          },
          inputs: { name },
          environment: {
            gitHost: new URL(forge.url).host,
            gitOwner: 'tidewater',
            gitUrl: forge.url,
            portalUrl: 'http://localhost',
          },
        }),
      });
      return register(name, {
        [ANNOTATION_TEMPLATE]: 'template:default/kettle',
        [ANNOTATION_VERSION]: '1.0.0',
      });
    },
    /** A repository that says nothing of any golden path. */
    byHand: async (name: string, files: Record<string, string>) => {
      await create(name);
      await write(name, files);
      return register(name, {});
    },
    /** The text of a file at a branch; undefined where it is not there. */
    text: async (name: string, path: string, branch = 'main') => {
      const file = await api('GET', `/${name}/contents/${path}?ref=${branch}`);
      return file && Buffer.from(file.content, 'base64').toString();
    },
    /** What owners do to the lines of the README. */
    edit: (name: string, lines: Lines) =>
      write(name, { 'README.md': page(name, changed(lines)) }),
    /** The lines of the README at a branch. */
    lines: async (name: string, branch: string) => {
      const file = await api(
        'GET',
        `/${name}/contents/README.md?ref=${branch}`,
      );
      return Buffer.from(file.content, 'base64').toString().split('\n');
    },
    stop: async () => {
      await portal.stop();
      await forge.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
export type Kitchen = Awaited<ReturnType<typeof startKitchen>>;
