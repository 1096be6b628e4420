import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { didYouMean } from '../commands/nearest';
import {
  CatalogEntity,
  CatalogFilter,
  findEntities,
  refOf,
  titleOf,
} from '../portal/catalog';
import { PortalClient } from '../portal/PortalClient';
import { Field } from './schema';

const filterSchema = z.record(z.unknown());

const optionsSchema = z
  .object({
    catalogFilter: z
      .union([filterSchema, z.array(filterSchema)])
      .transform(one => [one].flat())
      .optional(),
    allowedKinds: z.array(z.string()).optional(),
    defaultKind: z.string().optional(),
    defaultNamespace: z.string().optional(),
    allowArbitraryValues: z.boolean().default(true),
  })
  .catch({ allowArbitraryValues: true });

/** By the field that the form shows: which kind is meant where nothing says. */
const PICKERS: Record<string, string[]> = {
  EntityPicker: [],
  OwnedEntityPicker: [],
  OwnerPicker: ['Group', 'User'],
  MyGroupsPicker: ['Group'],
};

/** Something of the catalog that is an answer. */
export interface Choice {
  ref: string;
  title: string;
}

/** How a field is answered from the catalog; undefined where it is not. */
export function pickerOf({ schema }: Field) {
  const kinds = PICKERS[schema['ui:field'] ?? ''];
  if (!kinds) return undefined;
  const options = optionsSchema.parse(schema['ui:options'] ?? {});
  const filter: CatalogFilter =
    options.catalogFilter?.map(readFilter) ??
    (options.allowedKinds ?? kinds).map(kind => ({ kind }));
  const [first] = filter;
  return {
    filter,
    kind:
      options.defaultKind ?? [first?.kind ?? kinds[0] ?? 'Component'].flat()[0],
    namespace: options.defaultNamespace ?? 'default',
    isOpen: options.allowArbitraryValues,
  };
}

function readFilter(one: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(one).map(([key, value]) => [key, readTerm(value)]),
  );
}

/** `{ exists: true }` asks for the key alone. */
function readTerm(value: unknown): string | string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'object' ? '' : String(value);
}

/** What the catalog offers for fields; each list is asked for once. */
export class Choices {
  private readonly lists = new Map<string, Promise<Choice[]>>();

  constructor(private readonly client: PortalClient) {}

  of(filter: CatalogFilter): Promise<Choice[]> {
    const key = JSON.stringify(filter);
    const list =
      this.lists.get(key) ??
      findEntities(this.client, filter).then(items => items.map(choiceOf));
    this.lists.set(key, list);
    return list;
  }

  /**
   * The reference that is meant by a name, a title or a reference.
   *
   * @throws InputError where the form would offer no such
   */
  async read(field: Field, text: string): Promise<string> {
    const picker = pickerOf(field)!;
    const choices = await this.of(picker.filter);
    const wanted = text.toLowerCase();
    const whole = fullRef(wanted, picker.kind, picker.namespace);
    const found =
      choices.find(({ ref }) => ref === whole) ??
      choices.find(({ title }) => title.toLowerCase() === wanted) ??
      onlyOne(choices.filter(({ ref }) => ref.endsWith(`/${wanted}`)));
    if (found) return found.ref;
    if (picker.isOpen) return text.includes(':') ? text : whole;
    const names = choices.map(({ ref }) => ref.replace(/^.*\//, ''));
    throw new InputError(
      `${field.title}: the catalog has no ${text} to choose.${didYouMean(
        wanted,
        names,
      )}`,
    );
  }
}

function choiceOf(entity: CatalogEntity): Choice {
  return { ref: refOf(entity), title: titleOf(entity) };
}

function onlyOne<T>(items: T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function fullRef(text: string, kind: string, namespace: string): string {
  const [, ofKind = kind, ofNamespace = namespace, name] =
    /^(?:([^:/]+):)?(?:([^:/]+)\/)?(.*)$/.exec(text)!;
  return `${ofKind}:${ofNamespace}/${name}`.toLowerCase();
}
