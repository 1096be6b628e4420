/** One repository to be pushed into the forge, with its whole history. */
export interface SampleRepository {
  name: string;
  description: string;
  topics: string[];
  defaultBranch: 'main';
  /** Oldest first; all dates lie before the given `now`. */
  commits: SampleCommit[];
}

/** One commit: the files it writes, whole, and the files it removes. */
export interface SampleCommit {
  message: string;
  author: { name: string; email: string };
  /** ISO 8601 instant in UTC. */
  date: string;
  /** Repository path to full content. */
  files: Record<string, string>;
  /** Indexes of the commits it goes on from; left out, the one before. */
  parents?: number[];
}

/** The API description languages the sample company uses. */
export type ApiType = 'openapi' | 'asyncapi' | 'grpc' | 'graphql';

/** One API definition as read from `apis/`. */
export interface SampleApi {
  name: string;
  type: ApiType;
  /** File name inside the repository's `api/` folder. */
  fileName: string;
  definition: string;
}
