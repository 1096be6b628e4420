import { FactsError } from '@waymark/backstage-plugin-compliance-node';

/** What a Git host said. */
export interface Answer {
  status: number;
  body: unknown;
  etag?: string;
}

/** What the host said, by name. */
export class Answers {
  constructor(
    private readonly answers: ReadonlyMap<string, Answer>,
    private readonly paths: Record<string, string>,
  ) {}

  and(more: Answers): Answers {
    return new Answers(new Map([...this.answers, ...more.answers]), {
      ...this.paths,
      ...more.paths,
    });
  }

  of(name: string): Answer {
    return this.answers.get(name)!;
  }

  /** @throws FactsError where it is another answer than 200 */
  ok(name: string): unknown {
    const { status, body } = this.of(name);
    if (status === 200) return body;
    throw new FactsError(
      status === 404 || status === 403
        ? 'The repository is not there, or the portal may not read it.'
        : `The Git host answered ${status}.`,
    );
  }

  /** Undefined where there is none, or none for the portal. */
  found(name: string): unknown {
    const { status } = this.of(name);
    return status === 404 || status === 403 ? undefined : this.ok(name);
  }

  /** Whether the repository has no commit yet. */
  isEmpty(name: string): boolean {
    return this.of(name).status === 409;
  }

  /** Says whether the same questions have the same answers later. */
  etag(): string | undefined {
    const tags = [...this.answers].map(
      ([name, { status, etag }]) =>
        [this.paths[name], status === 200 ? etag : null] as const,
    );
    if (tags.some(([, tag]) => tag === undefined)) return undefined;
    return JSON.stringify(Object.fromEntries(tags));
  }
}
