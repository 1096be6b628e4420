import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  firstsSchema,
  newcomersSchema,
} from '@waymark/backstage-plugin-dora-common';
import {
  CreationFact,
  FirstFact,
  FunnelAnswer,
  funnelOf,
  makersOf,
  Silence,
  Window,
  within,
} from '@waymark/backstage-plugin-golden-paths-common';
import { edges, Paths } from '../api/Paths';
import { Neighbours } from './Neighbours';
import { VisitStore } from './VisitStore';

/** Delivery takes so many in one question. */
const PAGE = 1_000;
/** The newest of a window that are asked after. */
const MOST = 5_000;

/** How far creations came: forms and runs from here, the rest from delivery. */
export class Funnel {
  constructor(
    private readonly services: {
      neighbours: Neighbours;
      paths: Paths;
      visits: VisitStore;
      /** Since when forms are counted. */
      visitsSince: Date;
    },
  ) {}

  async of(
    window: Window,
    credentials: BackstageCredentials,
  ): Promise<FunnelAnswer> {
    const { neighbours, paths, visits, visitsSince } = this.services;
    const { creations, templates } = await paths.facts(credentials);
    const search = new URLSearchParams({
      from: new Date(window.from).toISOString(),
      to: new Date(window.to).toISOString(),
      timeZone: window.timeZone,
    });
    const [opened, delivery, newcomers] = await Promise.all([
      visits.between(window.from, window.to),
      this.firsts(creations, window, credentials),
      neighbours.ask(
        'dora',
        `/newcomers?${search}`,
        newcomersSchema,
        credentials,
      ),
    ]);
    const facts = {
      creations,
      visits:
        window.to > visitsSince.getTime()
          ? opened.filter(({ templateRef }) => templates.has(templateRef))
          : undefined,
      firsts: delivery.firsts,
    };
    return {
      window: edges(window),
      steps: funnelOf(facts, window),
      visitsSince: visitsSince.toISOString(),
      asked: delivery.asked,
      silence: delivery.silence,
      newcomers,
    };
  }

  private async firsts(
    creations: readonly CreationFact[],
    window: Window,
    credentials: BackstageCredentials,
  ): Promise<{
    firsts: ReadonlyMap<string, FirstFact> | undefined;
    asked: FunnelAnswer['asked'];
    silence: Silence | null;
  }> {
    const runs = creations.filter(one => within(one.queuedAt, window));
    const made = [...makersOf(runs)].sort(
      ([, a], [, b]) => b.queuedAt - a.queuedAt,
    );
    const items = made.slice(0, MOST).map(([entityRef, run]) => ({
      entityRef,
      since: new Date(run.queuedAt).toISOString(),
      after: new Date(run.finishedAt!).toISOString(),
    }));
    const asked = { count: items.length, total: made.length };
    const firsts = new Map<string, FirstFact>();
    // Also of nothing: whether delivery would say is to be known.
    for (let start = 0; start === 0 || start < items.length; start += PAGE) {
      const said = await this.services.neighbours.ask(
        'dora',
        '/firsts',
        firstsSchema,
        credentials,
        { items: items.slice(start, start + PAGE) },
      );
      if (!said.known) return { firsts: undefined, asked, silence: said.why };
      for (const one of said.answer.items) {
        const { entityRef, firstCommitAt, firstDeploymentAt } = one;
        firsts.set(entityRef, {
          ...(firstCommitAt && { firstCommitAt: Date.parse(firstCommitAt) }),
          ...(firstDeploymentAt && {
            firstDeploymentAt: Date.parse(firstDeploymentAt),
          }),
        });
      }
    }
    return { firsts, asked, silence: null };
  }
}
