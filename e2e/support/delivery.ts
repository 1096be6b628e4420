import { expect, Page } from '@playwright/test';
import { PortalClient } from './faults/client';
import { api, Clone, OWNER } from './faults/forge';
import { APPEARS } from './faults/patience';
import { shared } from './faults/place';
import { approveAndMerge } from './review';

const component = (name: string) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: Delivered by hand
spec: { type: service, lifecycle: production, owner: checkout }
`;

/** A service of its own, delivered as people do: by git, and by the forge. */
export class Delivered {
  private constructor(readonly name: string) {}

  /** Makes it, and waits until the portal counts its deliveries. */
  static async create(prefix: string): Promise<Delivered> {
    const name = `${prefix}-${Date.now().toString(36)}`;
    const clone = await Clone.create(name);
    try {
      await clone.push(
        { 'catalog-info.yaml': component(name), 'README.md': `# ${name}\n` },
        'Begin',
      );
    } finally {
      clone.remove();
    }
    const made = new Delivered(name);
    const maya = await PortalClient.as('maya.okafor');
    await expect
      .poll(async () => (await made.changes(maya)).length, { timeout: APPEARS })
      .toBe(1);
    return made;
  }

  get ref() {
    return `component:default/${this.name}`;
  }

  /** Its tab in the portal. */
  get tab() {
    return `/catalog/default/component/${this.name}/delivery`;
  }

  /** Its page on the forge. */
  get page() {
    return `${shared.forgeUrl}/${OWNER}/${this.name}`;
  }

  /** Commits files on top of main and pushes them, to main or to a new branch. */
  async push(files: Record<string, string>, message: string, branch = 'main') {
    const clone = await Clone.of(this.name);
    try {
      await clone.push(files, message, branch);
      const [{ sha }] = await clone.commits();
      return sha;
    } finally {
      clone.remove();
    }
  }

  openPullRequest(title: string, head: string): Promise<{ number: number }> {
    return this.api('POST', '/pulls', { title, head, base: 'main' });
  }

  approveAndMerge(page: Page, number: number) {
    return approveAndMerge(page, this.name, number);
  }

  /** Deploys what main has, with success. */
  async deploy(task = 'deploy') {
    const { id } = await this.api<{ id: number }>('POST', '/deployments', {
      ref: 'main',
      environment: 'production',
      task,
    });
    for (const state of ['in_progress', 'success']) {
      await this.api('POST', `/deployments/${id}/statuses`, { state });
    }
  }

  openIncident(title: string): Promise<{ number: number }> {
    return this.api('POST', '/issues', { title, labels: ['incident'] });
  }

  async closeIncident(number: number) {
    await this.api('PATCH', `/issues/${number}`, { state: 'closed' });
  }

  private async changes(client: PortalClient): Promise<unknown[]> {
    const day = (days: number) =>
      new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const { status, json } = await client.get(
      `/api/dora/changes?entityRef=${this.ref}&from=${day(-1)}&to=${day(2)}`,
    );
    return status === 200 ? json().items : [];
  }

  private api<T>(method: string, path: string, body: object): Promise<T> {
    return api<T>(shared, method, `/repos/${OWNER}/${this.name}${path}`, body);
  }
}
