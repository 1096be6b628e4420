import { ConflictError, InputError } from '@backstage/errors';
import {
  ANNOTATION_ORIGIN,
  ANNOTATION_TEMPLATE,
  ANNOTATION_VERSION,
  formatScaffoldRecord,
  ORIGIN_ADOPTED,
  SCAFFOLD_RECORD_PATH,
  ScaffoldRecord,
  scaffoldRecordSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { changesBetween, FileChange, foldersOf, Tree } from '../upgrade';
import { stateIn } from './catalogInfo';
import { CATALOG_INFO_PATH, componentsIn, smallText } from './component';

/** A repository that says which golden path it is on. */
export interface Adoption {
  record: ScaffoldRecord;
  tree: Tree;
  changes: FileChange[];
  /** Texts of what is written; before is null for a new file. */
  files: { path: string; before: string | null; after: string }[];
  /** Whether a catalog file says it too. */
  isStated: boolean;
}

/**
 * What adopting a golden path writes: the record that an upgrade goes by, and what
 * the catalog is told.
 *
 * @param of - `name`: of the component that the catalog file describes; its first
 *   unless given
 * @throws ConflictError where it cannot be written; InputError for bad answers
 */
export function adoptedTree(of: {
  tree: Tree;
  template: { ref: string; version: string; commit: string };
  inputs: Readonly<Record<string, unknown>>;
  environment: ScaffoldRecord['environment'];
  catalogInfo?: string;
  name?: string;
}): Adoption {
  const { tree, template, inputs, environment, name } = of;
  const path = of.catalogInfo ?? CATALOG_INFO_PATH;
  refuseRecorded(tree);
  const parsed = scaffoldRecordSchema.safeParse({
    apiVersion: 'waymark.dev/v1',
    kind: 'Scaffold',
    template,
    inputs,
    environment,
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const { message } =
      issue.code === 'invalid_key' ? issue.issues[0] ?? issue : issue;
    throw new InputError(`${issue.path.join('.')}: ${message}`);
  }
  const record = parsed.data;
  const files: Adoption['files'] = [
    {
      path: SCAFFOLD_RECORD_PATH,
      before: null,
      after: formatScaffoldRecord(record),
    },
  ];
  const before = smallText(tree.get(path));
  const components = before === undefined ? [] : componentsIn(before);
  const component =
    components.find(({ metadata }) => metadata.name === name) ??
    (name === undefined ? components[0] : undefined);
  if (before !== undefined && component) {
    const annotations = ['metadata', 'annotations'];
    const after = stateIn(before, component.document, [
      { path: [...annotations, ANNOTATION_VERSION], value: template.version },
      { path: [...annotations, ANNOTATION_TEMPLATE], value: template.ref },
      { path: [...annotations, ANNOTATION_ORIGIN], value: ORIGIN_ADOPTED },
      { path: ['spec', 'scaffoldedFrom'], value: template.ref },
    ]);
    files.push({ path, before, after });
  }
  const adopted = new Map(tree);
  for (const file of files) {
    const own = tree.get(file.path);
    const mode = own?.mode === '100755' ? own.mode : '100644';
    adopted.set(file.path, { mode, content: Buffer.from(file.after) });
  }
  return {
    record,
    tree: adopted,
    changes: changesBetween(tree, adopted),
    files,
    isStated: component !== undefined,
  };
}

/** @throws ConflictError where the repository says already where it came from */
export function refuseRecorded(tree: Tree): void {
  if (tree.has(SCAFFOLD_RECORD_PATH)) {
    throw new ConflictError(
      `There is a ${SCAFFOLD_RECORD_PATH} already: it is on a golden path, so upgrade it. Where that is wrong, remove the file first.`,
    );
  }
  if (foldersOf(SCAFFOLD_RECORD_PATH).some(folder => tree.has(folder))) {
    throw new ConflictError(
      `There is a file where the folder of ${SCAFFOLD_RECORD_PATH} would be.`,
    );
  }
}
