import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { getEntitySourceLocation } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { intervalsOf } from '@waymark/backstage-plugin-dora-common';
import {
  runsOf,
  TemplatePageAnswer,
  Window,
  within,
} from '@waymark/backstage-plugin-golden-paths-common';
import { Paths } from '../api/Paths';
import { Visibility } from '../api/Visibility';

/** Answers how one golden path does. */
export class TemplatePages {
  constructor(
    private readonly paths: Paths,
    private readonly visibility: Visibility,
  ) {}

  /** @throws NotFoundError where the caller may not see it */
  async of(
    templateRef: string,
    window: Window,
    credentials: BackstageCredentials,
  ): Promise<TemplatePageAnswer> {
    const entity = await this.visibility.see(templateRef, credentials);
    const { items, ...rest } = await this.paths.templates(window, credentials);
    const item = items.find(one => one.templateRef === templateRef);
    // The catalog has it, and the next round takes it over.
    if (!item)
      throw new NotFoundError(`Nothing is known of ${templateRef} yet`);
    const { creations } = await this.paths.facts(credentials);
    const runs = creations.filter(
      one => one.templateRef === templateRef && within(one.queuedAt, window),
    );
    return {
      ...item,
      ...rest,
      description: entity.metadata.description ?? null,
      sourceUrl: sourceOf(entity),
      byMonth: intervalsOf({ ...window, interval: 'month' }).map(month => {
        const { started, succeeded, failed } = runsOf(
          runs.filter(({ queuedAt }) => within(queuedAt, month)),
        );
        const { label, partial } = month;
        return { month: label, partial, started, succeeded, failed };
      }),
    };
  }
}

/** Of a template that the catalog has from a file, nothing that others can open. */
function sourceOf(
  entity: Parameters<typeof getEntitySourceLocation>[0],
): string | null {
  try {
    const { type, target } = getEntitySourceLocation(entity);
    return type === 'url' ? target : null;
  } catch {
    return null;
  }
}
