import {
  CreationFact,
  ServiceFact,
  TemplateFact,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Knex } from 'knex';
import { CreationStore } from '../creations/CreationStore';
import { PathStore } from '../services/PathStore';

/** What the pages are made of. */
export interface Facts {
  services: readonly ServiceFact[];
  templates: ReadonlyMap<string, TemplateFact>;
  creations: readonly CreationFact[];
}

/**
 * What is stored, read again only once it is another: each change of it counts up
 * a number in the database, in the same transaction.
 */
export class KeptFacts {
  private kept?: { version: string; facts: Promise<Facts> };

  constructor(
    private readonly knex: Knex,
    private readonly stores: { creations: CreationStore; paths: PathStore },
  ) {}

  async read(): Promise<Facts> {
    // Before the facts: they may be newer than it says, and never older.
    const { version } = await this.knex('facts_version').first('version');
    const { kept: known } = this;
    if (known && known.version === version) return known.facts;
    const facts = this.load();
    const kept = { version, facts };
    this.kept = kept;
    facts.catch(() => {
      if (this.kept === kept) this.kept = undefined;
    });
    return facts;
  }

  private async load(): Promise<Facts> {
    const { creations, paths } = this.stores;
    const [services, templates, runs] = await Promise.all([
      paths.services(),
      paths.templates(),
      creations.facts(),
    ]);
    return { services, templates, creations: runs };
  }
}
