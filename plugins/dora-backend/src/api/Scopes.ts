import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { Visibility } from '@waymark/backstage-plugin-insights-node';
import { AttributeStore, Scope } from '../components/AttributeStore';
import { Meant } from '../read-models/DeliveryMetrics';

const KINDS = { entityRef: 'component', owner: 'group', system: 'system' };

/** Finds the components that are meant. */
export class Scopes {
  constructor(
    private readonly attributes: AttributeStore,
    private readonly visibility: Visibility,
  ) {}

  /**
   * Those of the scope that the caller may see.
   *
   * @throws NotFoundError for a component that they may not see
   */
  async of(scope: Scope, credentials: BackstageCredentials): Promise<Meant> {
    const { cohort } = scope;
    const entityRef = readRef(scope, 'entityRef');
    if (entityRef !== undefined) {
      await this.visibility.see(entityRef, credentials);
      return { refs: [entityRef], count: 1 };
    }
    const owner = readRef(scope, 'owner');
    const system = readRef(scope, 'system');
    const visible = await this.visibility.of(credentials);
    const found = await this.attributes.of({ owner, system, cohort }, visible);
    const everything = !owner && !system && !cohort && visible === 'all';
    return {
      refs: everything ? 'all' : found.map(one => one.entityRef),
      count: found.length,
    };
  }
}

/**
 * The whole of a reference that may be short.
 *
 * @throws InputError where it is none
 */
export function readRef(
  scope: Scope,
  name: keyof typeof KINDS,
): string | undefined {
  const text = scope[name];
  if (text === undefined) return undefined;
  const defaultKind = KINDS[name];
  try {
    const ref = parseEntityRef(text, { defaultKind });
    return stringifyEntityRef(ref);
  } catch {
    throw new InputError(`${name}: must be such as ${defaultKind}:default/a`);
  }
}
