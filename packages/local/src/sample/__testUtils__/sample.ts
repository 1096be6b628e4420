import { resolve } from 'node:path';
import { Entity } from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';
import { SampleRepository } from '../types';

/** The sample company as committed. */
export const SAMPLE_DIR = resolve(__dirname, '../../../sample');
/** The organisation as committed. */
export const CATALOG_DIR = resolve(__dirname, '../../../../../catalog');

/** All entities of a YAML file; throws on malformed YAML. */
export function entitiesOf(text: string): Entity[] {
  return parseAllDocuments(text, { uniqueKeys: true }).map(document => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
}

/** The files of a repository after each of its commits. */
export function snapshots(
  repository: SampleRepository,
): Record<string, string>[] {
  let files: Record<string, string> = {};
  return repository.commits.map(commit => {
    files = { ...files, ...commit.files };
    return files;
  });
}

/** The files at the head of the default branch. */
export function headOf(repository: SampleRepository): Record<string, string> {
  return snapshots(repository)[repository.commits.length - 1];
}
