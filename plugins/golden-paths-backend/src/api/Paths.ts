import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  AdoptionAnswer,
  adoptionOf,
  CreationFact,
  DriftAnswer,
  DriftingService,
  driftOf,
  DriftQuery,
  STANDINGS,
  TemplatesAnswer,
  templateUseOf,
  Window,
  within,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Settings } from '../config';
import { wholeRef } from '../creations/readTask';
import { Facts, KeptFacts } from '../insights/KeptFacts';
import { Visibility } from './Visibility';

/** Answers what golden paths made, with what the caller may see. */
export class Paths {
  constructor(
    private readonly kept: KeptFacts,
    private readonly visibility: Visibility,
    private readonly settings: Settings,
  ) {}

  async adoption(
    window: Window,
    credentials: BackstageCredentials,
  ): Promise<AdoptionAnswer> {
    const { types, ...facts } = await this.facts(credentials);
    const counted = new Set(this.settings.types ?? types);
    return {
      window: edges(window),
      target: this.settings.target,
      types: [...counted].sort(),
      ...adoptionOf(facts, window, counted),
    };
  }

  async templates(
    window: Window,
    credentials: BackstageCredentials,
  ): Promise<TemplatesAnswer> {
    const { templates, ...facts } = await this.facts(credentials);
    const now = Date.now();
    const items = [...templates.values()].map(template => ({
      templateRef: template.templateRef,
      title: template.title ?? template.templateRef,
      owner: template.owner ?? null,
      type: template.type ?? null,
      version: template.version ?? null,
      lifecycle: template.lifecycle,
      sunset: template.sunset ?? null,
      successor: template.successor ?? null,
      since: template.since ? new Date(template.since).toISOString() : null,
      ...templateUseOf(template, facts, window, now),
    }));
    const count = items.filter(({ phase }) => phase === 'active').length;
    return {
      window: edges(window),
      active: { count, limit: this.settings.maxActiveTemplates },
      items,
    };
  }

  async drift(
    query: DriftQuery,
    credentials: BackstageCredentials,
  ): Promise<Omit<DriftAnswer, 'items'> & { items: DriftingService[] }> {
    const { services, templates } = await this.facts(credentials);
    const { standing, offset, limit } = query;
    const owner = whole(query.owner, 'owner', 'group');
    const templateRef = whole(query.templateRef, 'templateRef', 'template');
    const meant = driftOf(services, templates).filter(
      one =>
        (!owner || one.owner === owner) &&
        (!templateRef || one.templateRef === templateRef),
    );
    const items = meant.filter(one => !standing || one.standing === standing);
    const counts = STANDINGS.map(name => [
      name,
      meant.filter(one => one.standing === name).length,
    ]);
    return {
      total: items.length,
      counts: Object.fromEntries(counts),
      items: items.slice(offset, offset + limit),
    };
  }

  /** Runs that were asked for in the window, the latest first. */
  async creations(
    window: Window,
    credentials: BackstageCredentials,
  ): Promise<CreationFact[]> {
    const { creations } = await this.facts(credentials);
    return creations
      .filter(({ queuedAt }) => within(queuedAt, window))
      .reverse();
  }

  /** What the caller may see: of runs, those of templates that they see. */
  async facts(
    credentials: BackstageCredentials,
  ): Promise<Facts & { types: string[] }> {
    const [sees, all] = await Promise.all([
      this.visibility.of(credentials),
      this.kept.read(),
    ]);
    const { services, templates, creations } = all;
    return {
      /** What golden paths make, whoever asks. */
      types: [...templates.values()].flatMap(({ type }) => type ?? []),
      services: services.filter(({ entityRef }) => sees(entityRef)),
      templates: new Map([...templates].filter(([ref]) => sees(ref))),
      creations: creations
        .filter(({ templateRef }) => sees(templateRef))
        .map(run =>
          run.entityRef && !sees(run.entityRef)
            ? { ...run, entityRef: undefined }
            : run,
        ),
    };
  }
}

/** @throws InputError where it is no reference */
function whole(text: string | undefined, name: string, kind: string) {
  const ref = text && wholeRef(text, kind);
  if (text && !ref) {
    throw new InputError(`${name}: must be such as ${kind}:default/a`);
  }
  return ref;
}

/** A window as answers write it. */
export function edges({ from, to, timeZone }: Window) {
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    timeZone,
  };
}
