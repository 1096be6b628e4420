import { Permission } from '@backstage/plugin-permission-common';

/** What a signed-in person may do; `own-…` depends on who owns the thing. */
export type Decision = 'allow' | 'deny' | 'own-entities' | 'own-tasks';

/** What everyone who signed in may do beside reading. */
const EVERYONE: ReadonlySet<string> = new Set([
  'catalog.entity.create',
  'catalog.entity.validate',
  // Hosts and kinds are limited by the catalog's own rules.
  'catalog.location.analyze',
  'catalog.location.create',
  // Only for what one's own group owns, which the plugin itself checks.
  'compliance.exemption.request',
  'compliance.fix.create',
  'golden-paths.upgrade.create',
  'kubernetes.clusters.read',
  'kubernetes.resources.read',
  'scaffolder.action.execute',
  'scaffolder.task.create',
]);

/** Reading that is not for everyone, although its action is `read`. */
const RESTRICTED_READS: ReadonlySet<string> = new Set([
  'catalog.ingestion.read',
]);

const OWNERS: ReadonlyMap<string, Decision> = new Map([
  ['catalog.entity.delete', 'own-entities'],
  ['catalog.entity.refresh', 'own-entities'],
  ['scaffolder.task.cancel', 'own-tasks'],
  // The log of a task shows what its author typed into the form.
  ['scaffolder.task.read', 'own-tasks'],
]);

/** What the platform team may do beside everything above. */
const PLATFORM_TEAM: ReadonlySet<string> = new Set([
  'catalog.ingestion.manage',
  'catalog.ingestion.read',
  'catalog.location.delete',
  'compliance.campaign.manage',
  'compliance.exemption.decide',
  'dora.ingest.manage',
  'golden-paths.rollout.manage',
  'scaffolder.template.dry-run',
  'scaffolder.template.management',
]);

/**
 * Decides for a person who signed in. Everyone reads, owners care for what is
 * theirs, the platform team manages the rest; what is not named is denied.
 */
export function decide(
  permission: Permission,
  isPlatformTeam: boolean,
): Decision {
  const { name } = permission;
  if (isPlatformTeam && (PLATFORM_TEAM.has(name) || OWNERS.has(name))) {
    return 'allow';
  }
  if (OWNERS.has(name)) return OWNERS.get(name)!;
  if (EVERYONE.has(name)) return 'allow';
  if (permission.attributes.action === 'read' && !RESTRICTED_READS.has(name)) {
    return 'allow';
  }
  return 'deny';
}
