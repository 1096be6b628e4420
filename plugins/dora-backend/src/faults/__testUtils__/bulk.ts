import { Entity } from '@backstage/catalog-model';
import {
  FetchedDelivery,
  HistoryRequest,
  Observation,
  SourceHistory,
} from '@waymark/backstage-plugin-dora-node';
import { at } from '../../__testUtils__/github';

/** Where repositories have a long history, which only the toy can tell. */
export const HOST = 'bulk.example.com';
/** Of each push. */
const COMMITS = 5;
/** What a push makes: changes, and the deployment that brings them. */
export const FACTS_OF_PUSH = COMMITS + 1;
const PAGE = 50;
const MINUTES_BETWEEN = 30;

export const repositoryOf = (n: number) => `${HOST}/tidewater/service-${n}`;
/** All of them are others, also of a million. */
const sha = (n: number) => n.toString(16).padStart(40, '0');
export const componentOf = (n: number) => `component:default/service-${n}`;

/** A service that has its repository for itself. */
export function bulkService(n: number): Entity {
  const location = `url:https://${repositoryOf(n)}`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      namespace: 'default',
      name: `service-${n}`,
      annotations: {
        'backstage.io/managed-by-location': location,
        'backstage.io/source-location': location,
      },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'checkout' },
  };
}

/** A deployment of a repository, as the toy tells it. */
export function deployed(
  repository: string,
  id: string,
  minutes: number,
  commit: number,
): Observation {
  return {
    kind: 'deployment',
    source: 'toy',
    externalId: `${repository} ${id}`,
    repository,
    environment: 'production',
    sha: sha(commit),
    ref: 'main',
    at: at(minutes),
    status: 'success',
    originalStatus: 'success',
    task: 'deploy',
    byBot: true,
  };
}

/** So many pushes of each repository, each deployed; all before `at(0)`. */
export class BulkHistory implements SourceHistory {
  constructor(private readonly pushes: number) {}

  knows(repository: string): boolean {
    return repository.startsWith(`${HOST}/`);
  }

  async *pages({ repository, cursor, signal }: HistoryRequest) {
    for (let end = Number(cursor ?? this.pushes); end > 0; end -= PAGE) {
      signal.throwIfAborted();
      const begin = Math.max(0, end - PAGE);
      const numbers = Array.from({ length: end - begin }, (_, i) => begin + i);
      yield {
        deliveries: numbers.flatMap(n => this.told(repository, n)),
        cursor: String(begin),
        part: 'pushes',
        reached: new Date(at(this.minutesOf(begin))),
      };
    }
  }

  async ask(): Promise<FetchedDelivery[]> {
    return [];
  }

  private minutesOf(push: number): number {
    return (push - this.pushes) * MINUTES_BETWEEN;
  }

  private told(repository: string, n: number): FetchedDelivery[] {
    const minutes = this.minutesOf(n);
    const last = (n + 1) * COMMITS;
    const pushed: Observation = {
      kind: 'push',
      source: 'toy',
      repository,
      ref: 'refs/heads/main',
      ...(n > 0 && { before: sha(last - COMMITS) }),
      after: sha(last),
      forced: false,
      at: at(minutes),
      defaultBranch: 'main',
      commits: Array.from({ length: COMMITS }, (_, i) => ({
        sha: sha(last - COMMITS + i + 1),
        at: at(minutes - 20 + i),
        title: `Change ${last - COMMITS + i + 1}`,
        author: 'maya',
        authorIsBot: false,
        paths: [`src/part-${i}/index.ts`],
      })),
    };
    const told = {
      push: pushed,
      deployment: deployed(repository, `${n}`, minutes + 10, last),
    };
    return Object.entries(told).map(([kind, observation]) => ({
      deliveryId: `history ${repository} ${kind} ${n}`,
      event: 'observations',
      body: [observation],
    }));
  }
}
