import {
  AnalyticsEvent,
  AnalyticsImplementation,
} from '@backstage/frontend-plugin-api';
import { InsightsApi } from '../../api/InsightsApi';

/** Where the form of a template is, wherever the portal and Create are. */
const FORM = /\/templates\/([^/]+)\/([^/]+)\/?$/;
const SCAFFOLDER = 'scaffolder';

/**
 * Counts forms of golden paths that are opened and sent, with a number made anew
 * each time. Who it was is not told, and nothing else is.
 */
export class VisitCounter implements AnalyticsImplementation {
  private path?: string;
  private opened?: { visit: string; templateRef: string };

  constructor(private readonly api: InsightsApi) {}

  captureEvent({ action, subject, context }: AnalyticsEvent): void {
    if (context.pluginId !== SCAFFOLDER && action !== 'navigate') return;
    if (action === 'navigate') this.navigate(subject, context.pluginId);
    // By now the page of the task may be open.
    if (action === 'create') this.send('started');
  }

  private navigate(subject: string, pluginId: string) {
    const [path] = subject.split(/[?#]/);
    // The answers of a form are kept in its address while one types.
    if (path === this.path) return;
    // Told once by the app, which knows no page yet, and again by the page.
    this.path = pluginId === SCAFFOLDER ? path : undefined;
    const [, namespace, name] = FORM.exec(this.path ?? '') ?? [];
    if (!namespace || !name) return;
    const templateRef = `template:${decodeURIComponent(
      namespace,
    )}/${decodeURIComponent(name)}`;
    this.opened = { visit: crypto.randomUUID(), templateRef };
    this.send('opened');
  }

  private send(step: 'opened' | 'started') {
    if (!this.opened) return;
    // Nobody waits for it, and what is not counted disturbs nobody.
    this.api.sendVisit({ ...this.opened, step }).catch(() => undefined);
  }
}
