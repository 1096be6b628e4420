import { RepositoryRecord } from './store/records';

/** Encodes a path or a ref for a URL and keeps its slashes. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Every link the forge gives out. */
export class Urls {
  constructor(readonly base: string) {}

  get api(): string {
    return `${this.base}/api/v3`;
  }

  html(login: string): string {
    return `${this.base}/${login}`;
  }

  repositoryHtml(repository: Pick<RepositoryRecord, 'owner' | 'name'>): string {
    return `${this.base}/${repository.owner}/${repository.name}`;
  }

  repositoryApi(repository: Pick<RepositoryRecord, 'owner' | 'name'>): string {
    return `${this.api}/repos/${repository.owner}/${repository.name}`;
  }
}

/** GitHub's global node id of an object. */
export function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}:${id}`).toString('base64');
}
