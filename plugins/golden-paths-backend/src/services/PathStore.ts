import {
  Lifecycle,
  ServiceFact,
  TemplateFact,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';
import { DescribedService, DescribedTemplate } from './describe';

/** When what is new in the catalog came into being. */
export interface Look {
  now: Date;
  /** It was there before anybody looked, for all that is known. */
  isOlder: boolean;
}

/** Components and templates, as the catalog has them or had them. */
export interface PathStore {
  /** Takes over what there is; what is gone is kept, and marked. */
  replaceServices(
    services: readonly DescribedService[],
    look: Look,
  ): Promise<void>;
  /** Does the same with templates. */
  replaceTemplates(
    templates: readonly DescribedTemplate[],
    look: Look,
  ): Promise<void>;
  /** Takes over one, and leaves the others as they are. */
  put(service: DescribedService, look: Look): Promise<void>;
  /** @param since - only what this transaction and later ones wrote */
  services(since?: string): Promise<ServiceFact[]>;
  /** Those that are in the catalog, by reference. */
  templates(): Promise<Map<string, TemplateFact>>;
  /** All versions of a template that are known. */
  versionsOf(templateRef: string): Promise<string[]>;
}

const SERVICE = {
  entity_ref: 'text',
  title: 'text',
  owner: 'text',
  type: 'text',
  template_ref: 'text',
  template_version: 'text',
};
/** What stays as it was when it was first seen. */
const FIRST = { first_template_ref: 'template_ref' };
const TEMPLATE = {
  template_ref: 'text',
  title: 'text',
  owner: 'text',
  type: 'text',
  version: 'text',
  lifecycle: 'text',
  sunset: 'text',
  successor: 'text',
  time_saved_seconds: 'float8',
};

interface ServiceRow {
  entity_ref: string;
  title: string | null;
  owner: string | null;
  type: string | null;
  template_ref: string | null;
  template_version: string | null;
  first_template_ref: string | null;
  first_seen_at: Date;
  is_older: boolean;
  gone_at: Date | null;
}
interface TemplateRow {
  template_ref: string;
  title: string | null;
  owner: string | null;
  type: string | null;
  version: string | null;
  lifecycle: Lifecycle;
  sunset: string | null;
  successor: string | null;
  time_saved_seconds: number | null;
  first_seen_at: Date;
  is_older: boolean;
}

/** {@link PathStore} in PostgreSQL. */
export class DatabasePathStore implements PathStore {
  constructor(private readonly knex: Knex) {}

  async replaceServices(
    services: readonly DescribedService[],
    look: Look,
  ): Promise<void> {
    const rows = services.map(toServiceRow);
    await this.alone('services', async trx => {
      await markGone(trx, 'services', 'entity_ref', rows, look);
      await upsert(trx, 'services', SERVICE, rows, look, FIRST);
      await keepVersions(
        trx,
        `select template_ref, template_version from services
         union select template_ref, template_version from creations`,
        look,
      );
    });
  }

  async replaceTemplates(
    templates: readonly DescribedTemplate[],
    look: Look,
  ): Promise<void> {
    const rows = templates.map(toTemplateRow);
    await this.alone('templates', async trx => {
      await markGone(trx, 'templates', 'template_ref', rows, look);
      await upsert(trx, 'templates', TEMPLATE, rows, look);
      await keepVersions(
        trx,
        'select template_ref, version from templates',
        look,
      );
    });
  }

  async put(service: DescribedService, look: Look): Promise<void> {
    const rows = [toServiceRow(service)];
    await upsert(this.knex, 'services', SERVICE, rows, look, FIRST);
  }

  async services(since?: string): Promise<ServiceFact[]> {
    const query = this.knex('services').select();
    if (since) query.whereRaw('xmin::text::bigint >= ?', [since]);
    const rows: ServiceRow[] = await query.orderByRaw('entity_ref collate "C"');
    return rows.map(toService);
  }

  async templates(): Promise<Map<string, TemplateFact>> {
    const [rows, versions] = await Promise.all([
      this.knex('templates')
        .whereNull('gone_at')
        .orderByRaw('template_ref collate "C"')
        .select<TemplateRow[]>(),
      this.knex('template_versions').select<
        { template_ref: string; version: string }[]
      >('template_ref', 'version'),
    ]);
    const known = new Map<string, string[]>();
    for (const { template_ref: ref, version } of versions) {
      known.set(ref, [...(known.get(ref) ?? []), version]);
    }
    return new Map(
      rows.map(row => [
        row.template_ref,
        toTemplate(row, known.get(row.template_ref) ?? []),
      ]),
    );
  }

  async versionsOf(templateRef: string): Promise<string[]> {
    return this.knex('template_versions')
      .where({ template_ref: templateRef })
      .pluck('version');
  }

  /** One replica after the other, or each would wait for rows of the other. */
  private async alone(
    table: string,
    work: (trx: Knex.Transaction) => Promise<void>,
  ) {
    await this.knex.transaction(async trx => {
      await trx.raw(`lock table ${table} in exclusive mode`);
      await work(trx);
    });
  }
}

/** @param said - a query of templates and their versions */
async function keepVersions(knex: Knex, said: string, { now }: Look) {
  await knex.raw(
    `insert into template_versions (template_ref, version, first_seen_at)
     select template_ref, version, ?::timestamptz
     from (${said}) as said (template_ref, version)
     where template_ref is not null and version is not null
     order by template_ref, version
     on conflict do nothing`,
    [now],
  );
}

/** Marks all others than these. */
async function markGone(
  knex: Knex,
  table: string,
  key: string,
  rows: readonly object[],
  { now }: Look,
) {
  await knex.raw(
    `update ${table} set gone_at = ? where gone_at is null
     and ${key} not in (select ${key} from jsonb_to_recordset(?) as said (${key} text))`,
    [now, JSON.stringify(rows)],
  );
}

/** The first column is the key. What is said again as it was is not written. */
async function upsert(
  knex: Knex,
  table: string,
  columns: Record<string, string>,
  rows: readonly object[],
  { now, isOlder }: Look,
  copied: Record<string, string> = {},
) {
  const names = Object.keys(columns);
  const [key, ...rest] = names;
  const said = `jsonb_to_recordset(?) as said (${names
    .map(name => `${name} ${columns[name]}`)
    .join(', ')})`;
  const all = [...names, ...Object.keys(copied), 'first_seen_at', 'is_older'];
  await knex.raw(
    `insert into ${table} as kept (${all.join(', ')})
     select ${[...names, ...Object.values(copied)].join(', ')}, ?, ?
     from ${said}
     on conflict (${key}) do update set gone_at = null,
       ${rest.map(name => `${name} = excluded.${name}`).join(', ')}
     where kept.gone_at is not null
       or (${rest.map(name => `kept.${name}`).join(', ')})
         is distinct from (${rest.map(name => `excluded.${name}`).join(', ')})`,
    [now, isOlder, JSON.stringify(rows)],
  );
}

function toServiceRow(one: DescribedService) {
  return {
    entity_ref: one.entityRef,
    title: one.title,
    owner: one.owner,
    type: one.type,
    template_ref: one.templateRef,
    template_version: one.templateVersion,
  };
}

function toTemplateRow(one: DescribedTemplate) {
  return {
    template_ref: one.templateRef,
    title: one.title,
    owner: one.owner,
    type: one.type,
    version: one.version,
    lifecycle: one.lifecycle,
    sunset: one.sunset,
    successor: one.successor,
    time_saved_seconds: one.timeSavedSeconds,
  };
}

function toService(row: ServiceRow): ServiceFact {
  return {
    entityRef: row.entity_ref,
    isGone: row.gone_at !== null,
    ...(row.title && { title: row.title }),
    ...(row.owner && { owner: row.owner }),
    ...(row.type && { type: row.type }),
    ...(row.template_ref && { template: row.template_ref }),
    ...(row.template_version && { version: row.template_version }),
    ...(row.first_template_ref && { firstTemplate: row.first_template_ref }),
    ...(!row.is_older && { madeAt: row.first_seen_at.getTime() }),
  };
}

function toTemplate(row: TemplateRow, versions: string[]): TemplateFact {
  return {
    templateRef: row.template_ref,
    lifecycle: row.lifecycle,
    versions,
    ...(row.title && { title: row.title }),
    ...(row.owner && { owner: row.owner }),
    ...(row.type && { type: row.type }),
    ...(row.version && { version: row.version }),
    ...(row.sunset && { sunset: row.sunset }),
    ...(row.successor && { successor: row.successor }),
    ...(row.time_saved_seconds !== null && {
      timeSavedSeconds: row.time_saved_seconds,
    }),
    ...(!row.is_older && { since: row.first_seen_at.getTime() }),
  };
}
