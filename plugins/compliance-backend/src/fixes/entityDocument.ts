import { posix } from 'node:path';
import { ConflictError } from '@backstage/errors';
import { FixCase } from './Fix';

/** Where a component's entity is written. */
export interface EntityDocument {
  file: string;
  /** With a slash at its end; empty for the component's own folder. */
  folder: string;
  text: string;
  /** Counted from 0. */
  document: number;
}

/** @throws ConflictError where it is not in the file that the catalog reads */
export function entityDocument({
  entity,
  facts,
  files,
  known,
}: Pick<FixCase, 'entity' | 'facts' | 'files' | 'known'>): EntityDocument {
  const file = known.catalogFile;
  const fact = facts.repository?.files.find(({ path }) => path === file);
  const text = files.text(file);
  if (!fact || text === undefined) {
    throw new ConflictError(`${file} is not in the repository.`);
  }
  if (!fact.documents) {
    throw new ConflictError(`${file} ${fact.error ?? 'is no YAML'}.`);
  }
  const { name, namespace = 'default' } = entity.metadata;
  const isOwn = (document: unknown) => {
    const { kind, metadata } = (document ?? {}) as Record<string, unknown>;
    const own = (metadata ?? {}) as Record<string, unknown>;
    return (
      String(kind).toLowerCase() === entity.kind.toLowerCase() &&
      own.name === name &&
      String(own.namespace ?? 'default').toLowerCase() ===
        namespace.toLowerCase()
    );
  };
  const document = fact.documents.findIndex(isOwn);
  if (document < 0) {
    throw new ConflictError(`${file} does not name ${name}.`);
  }
  const folder = posix.dirname(file);
  return { file, folder: folder === '.' ? '' : `${folder}/`, text, document };
}
