import {
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  Entity,
  EntityPolicies,
  NoForeignRootFieldsEntityPolicy,
  FieldFormatEntityPolicy,
  resourceEntityV1alpha1Validator,
  SchemaValidEntityPolicy,
  systemEntityV1alpha1Validator,
} from '@backstage/catalog-model';
import { LineCounter, parseAllDocuments } from 'yaml';
import { Files, Problem } from '../problem';

const FILE = 'catalog-info.yaml';
const policy = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);
const kinds = [
  apiEntityV1alpha1Validator,
  componentEntityV1alpha1Validator,
  resourceEntityV1alpha1Validator,
  systemEntityV1alpha1Validator,
];

/** That the catalog takes what a made repository says of itself. */
export async function checkCatalogInfo(files: Files): Promise<Problem[]> {
  const text = files.get(FILE);
  if (text === undefined) {
    return [{ check: 'catalog', file: FILE, message: 'there is none' }];
  }
  const lineCounter = new LineCounter();
  const problems: Problem[] = [];
  for (const document of parseAllDocuments(text, { lineCounter })) {
    const entity: unknown = document.toJS();
    try {
      await validate(entity);
    } catch (error) {
      const start = document.contents?.range?.[0] ?? 0;
      problems.push({
        check: 'catalog',
        file: FILE,
        line: lineCounter.linePos(start).line,
        message: (error as Error).message,
      });
    }
  }
  return problems;
}

async function validate(value: unknown): Promise<void> {
  const entity = await policy.enforce(value as Entity);
  if (!entity) throw new TypeError('not an entity');
  const checked = placeholdersFilled(entity);
  for (const kind of kinds) {
    if (await kind.check(checked)) return;
  }
  throw new TypeError(`the catalog takes no ${entity.kind} here`);
}

/** The catalog puts text where `$text: <file>` stands before it validates. */
function placeholdersFilled(entity: Entity): Entity {
  const { definition } = entity.spec ?? {};
  return typeof definition === 'object'
    ? { ...entity, spec: { ...entity.spec, definition: 'read from a file' } }
    : entity;
}
