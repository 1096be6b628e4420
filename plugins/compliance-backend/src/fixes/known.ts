import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { z } from 'zod';
import { GithubClient } from '@waymark/repositories';
import { Files } from './Fix';

const CODEOWNERS = ['CODEOWNERS', '.github/CODEOWNERS', 'docs/CODEOWNERS'];
const foldersSchema = z.array(z.object({ name: z.string() }));

/** Presets of Renovate that the organisation's platform has, by name. */
export async function presetsOf(
  client: GithubClient,
): Promise<ReadonlySet<string>> {
  const path = `/repos/${client.owner}/platform/contents/platform/renovate`;
  const found = await client.find(foldersSchema, path).catch(() => undefined);
  return new Set(
    (found ?? []).flatMap(
      ({ name }) => /^([a-z]+)\.json$/.exec(name)?.[1] ?? [],
    ),
  );
}

/**
 * Who owns a component by what was said, or else by CODEOWNERS: a group that is
 * in the catalog.
 *
 * @throws InputError where somebody said one that is not
 */
export async function ownerOf(
  catalog: CatalogService,
  credentials: BackstageCredentials,
  { said, files }: { said?: string; files: Files },
): Promise<string | undefined> {
  const find = async (name: string) => {
    const entity = await catalog.getEntityByRef(
      parseEntityRef(name, { defaultKind: 'group' }),
      { credentials },
    );
    return entity?.kind === 'Group' ? stringifyEntityRef(entity) : undefined;
  };
  if (said?.trim()) {
    const found = await find(said.trim()).catch(() => undefined);
    if (!found) throw new InputError(`owner: there is no group ${said.trim()}`);
    return found;
  }
  const text = CODEOWNERS.map(path => files.text(path)).find(Boolean) ?? '';
  const lines = text.split(/\r?\n/).filter(line => /^\*\s/.test(line));
  const [, team] = /@[\w.-]+\/([\w.-]+)/.exec(lines.pop() ?? '') ?? [];
  return team && find(team.toLowerCase());
}
