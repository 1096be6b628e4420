import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';

const FRESH_MS = 5 * 60_000;

/** What people call owners and systems. */
export class Titles {
  private readonly known = new Map<string, { title: string; at: number }>();

  constructor(private readonly catalog: CatalogService) {}

  /** By reference; the name of what the catalog has no title of. */
  async of(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<Map<string, string>> {
    const now = Date.now();
    const wanted = refs.filter(
      ref => ref && !(now - (this.known.get(ref)?.at ?? 0) < FRESH_MS),
    );
    if (wanted.length > 0) await this.ask(wanted, credentials, now);
    return new Map(
      refs.map(ref => [ref, this.known.get(ref)?.title ?? nameOf(ref)]),
    );
  }

  private async ask(
    refs: string[],
    credentials: BackstageCredentials,
    at: number,
  ): Promise<void> {
    const { items } = await this.catalog.getEntitiesByRefs(
      {
        entityRefs: refs,
        fields: ['kind', 'metadata.title', 'spec.profile.displayName'],
      },
      { credentials },
    );
    refs.forEach((ref, index) => {
      const entity = items[index];
      const profile = entity?.spec?.profile as
        | { displayName?: unknown }
        | undefined;
      const title = profile?.displayName ?? entity?.metadata?.title;
      this.known.set(ref, { title: String(title ?? nameOf(ref)), at });
    });
  }
}

function nameOf(ref: string): string {
  return ref && parseEntityRef(ref).name;
}
