import { MalformedDelivery } from '@waymark/backstage-plugin-dora-node';
import Ajv2020, { ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import schemas04 from '../schemas/0.4.1.json';
import schemas05 from '../schemas/0.5.1.json';

/** What is read of an event of any type. */
export interface CDEvent {
  context: { id: string; source: string; type: string; timestamp: string };
  subject: { id: string; source?: string; content: unknown };
  customData?: unknown;
}

/** Subjects and predicates of both versions that say nothing about delivery. */
const OTHER: ReadonlySet<string> = new Set([
  'artifact.deleted',
  'artifact.downloaded',
  'artifact.signed',
  'branch.created',
  'branch.deleted',
  'build.finished',
  'build.queued',
  'build.started',
  'change.abandoned',
  'change.created',
  'change.reviewed',
  'change.updated',
  'environment.created',
  'environment.deleted',
  'environment.modified',
  'pipelinerun.finished',
  'pipelinerun.queued',
  'pipelinerun.started',
  'repository.created',
  'repository.deleted',
  'repository.modified',
  'taskrun.finished',
  'taskrun.started',
  'testcaserun.finished',
  'testcaserun.queued',
  'testcaserun.skipped',
  'testcaserun.started',
  'testoutput.published',
  'testsuiterun.finished',
  'testsuiterun.queued',
  'testsuiterun.started',
  'ticket.closed',
  'ticket.created',
  'ticket.updated',
]);

const byType = compile();

function compile(): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv2020();
  addFormats(ajv);
  const schemas = [...schemas04, ...schemas05];
  ajv.addSchema(schemas);
  return new Map(
    schemas.flatMap(({ $id, properties }) => {
      const type = properties?.context?.properties?.type?.enum?.[0];
      return type ? [[type, ajv.getSchema($id)!] as const] : [];
    }),
  );
}

/**
 * Which event a value is, after the schema of its type and version.
 *
 * @returns its subject and predicate, and the event unless it is one of those that
 *   are not counted
 * @throws MalformedDelivery that says where it is not as the schema says
 */
export function readEvent(value: unknown): { name: string; event?: CDEvent } {
  const type = typeOf(value);
  const validate = byType.get(type);
  const [, name, version] =
    /^dev\.cdevents\.([a-z]+\.[a-z]+)\.(\d+\.\d+\.\d+)$/.exec(type) ?? [];
  if (validate) {
    const event = withoutOldLinks(value);
    if (validate(event)) return { name, event: event as CDEvent };
    const [{ instancePath, message, params }] = validate.errors!;
    const more = 'additionalProperty' in params && params.additionalProperty;
    throw new MalformedDelivery(
      `${instancePath || '/'} ${message}${more ? `: ${more}` : ''}`,
    );
  }
  if (OTHER.has(name) || /^dev\.cdeventsx\./.test(type)) {
    return { name: name ?? type };
  }
  const known = [...byType.keys()].filter(one =>
    one.startsWith(`dev.cdevents.${name}.`),
  );
  throw new MalformedDelivery(
    known.length > 0
      ? `/context/type is of version ${version}; known are ${known.join(', ')}`
      : `/context/type ${type || 'is missing'} is no type of CDEvents`,
  );
}

/**
 * CDEvents 0.4.0 wrote links and chains in another way than 0.4.1, with a schema that
 * leads nowhere; they say nothing about delivery.
 */
function withoutOldLinks(value: unknown): unknown {
  const { chain_id: _chain, links: _links, ...context } = contextOf(value);
  return context.version === '0.4.0'
    ? { ...(value as object), context }
    : value;
}

/** The type that a value says it has; empty where it says none. */
export function typeOf(value: unknown): string {
  const { type } = contextOf(value);
  return typeof type === 'string' ? type : '';
}

/** What may be the context of an event. */
export function contextOf(value: unknown): Record<string, unknown> {
  const { context } = (value ?? {}) as { context?: Record<string, unknown> };
  return context && typeof context === 'object' ? context : {};
}
