import { z } from 'zod';
import { ancestrySchema } from './observations';

/** What was fetched of a source: read as if the source had sent it. */
export interface FetchedDelivery {
  /**
   * Made of what was fetched: the same each time, so that it is kept once. It has a
   * space, which no delivery that is sent can have in its id.
   */
  deliveryId: string;
  event: string;
  body: unknown;
}

/** What is asked for when the history of a repository is fetched. */
export interface HistoryRequest {
  /** `host/owner/name` in small letters. */
  repository: string;
  since: Date;
  /** Of the last page that was kept; left out at the beginning. */
  cursor?: string;
  /** Whether it matters which files a commit changed: it can cost a call each. */
  paths: boolean;
  signal: AbortSignal;
}

/** A part of a history that is kept at once. */
export interface HistoryPage {
  deliveries: FetchedDelivery[];
  /** Goes on after this page, also in another process. */
  cursor: string;
  /** What is being fetched, in words for people: `pull requests`. */
  part: string;
  /** How far back this part has come. */
  reached?: Date;
}

/** What webhooks do not tell, and only the source knows. */
export const questionSchema = z.discriminatedUnion('kind', [
  z.object({
    /** The commits that a pull request was made of. */
    kind: z.literal('pull-request-commits'),
    repository: z.string(),
    number: z.number().int().positive(),
  }),
  z.object({
    /** The newest commit that one has in common with another, or with a branch. */
    kind: z.literal('ancestry'),
    repository: z.string(),
    sha: ancestrySchema.shape.sha,
    other: z.string(),
  }),
]);
export type Question = z.infer<typeof questionSchema>;

/** A source that can be asked about the past. */
export interface SourceHistory {
  /** Whether it can be asked about a repository, `host/owner/name`. */
  knows(repository: string): boolean;
  /**
   * What happened in a repository, page by page.
   *
   * @throws AskAgainLater, NotAnswered
   */
  pages(request: HistoryRequest): AsyncIterable<HistoryPage>;
  /**
   * What it says to a question.
   *
   * @throws AskAgainLater, NotAnswered
   */
  ask(question: Question, signal: AbortSignal): Promise<FetchedDelivery[]>;
}

/** The source wants to be left alone for a while. */
export class AskAgainLater extends Error {
  name = 'AskAgainLater';

  constructor(message: string, readonly at: Date) {
    super(message);
  }
}

/** The source does not answer, and asking again would not help; says what would. */
export class NotAnswered extends Error {
  name = 'NotAnswered';
}
