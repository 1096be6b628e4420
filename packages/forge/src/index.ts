/**
 * A GitHub-compatible Git forge for laptop mode and tests.
 *
 * @packageDocumentation
 */

export { startForge } from './forge';
export type { Forge } from './forge';
export type {
  ForgeAccount,
  ForgeLogger,
  ForgeOptions,
  ForgeOrganisation,
  ForgeTeam,
} from './options';
export { ForgeStartError } from './errors';
