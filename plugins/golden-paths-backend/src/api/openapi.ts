import {
  adoptionSchema,
  driftQuerySchema,
  driftSchema,
  openedUpgradeSchema,
  previewRequestSchema,
  previewSchema,
  provenanceSchema,
  templatesSchema,
  upgradePreviewSchema,
  upgradeRequestSchema,
  upgradesQuerySchema,
  upgradesSchema,
  windowQuerySchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import {
  openApiDocument,
  operation,
} from '@waymark/backstage-plugin-insights-node';
import { insightPaths } from '../insights/openapi';
import { adoptionPaths } from './adoptionPaths';
import { asked, NOT_FOUND, read } from './describe';
import { rolloutPaths } from './rolloutPaths';

/** What each answers, for those who call it by hand or by a generated client. */
export const apiDocument = openApiDocument(
  'golden-paths',
  {
    title: 'Golden paths',
    description:
      'What golden paths would make, what they made, and how far they are taken; each of what the caller may see.',
  },
  {
    '/adoption': read(
      'Share of new services that golden paths made, by team and month, and what became of them',
      windowQuerySchema,
      adoptionSchema,
    ),
    '/templates': read(
      'Each golden path: its runs, how long they took, what failed, and the services made from it',
      windowQuerySchema,
      templatesSchema,
    ),
    '/drift': read(
      'Services and the version of the golden path they are made from, furthest behind first',
      driftQuerySchema,
      driftSchema,
    ),
    '/provenance/{kind}/{namespace}/{name}': {
      get: operation(
        'Where an entity came from: what it says, and the run that made it',
        { path: ['kind', 'namespace', 'name'] },
        { body: provenanceSchema, more: NOT_FOUND },
      ),
    },
    '/preview': {
      post: asked(
        'The files that a golden path would make of these answers',
        previewRequestSchema,
        previewSchema,
      ),
    },
    '/upgrades': {
      ...read(
        'Pull requests that upgrade services, the newest first',
        upgradesQuerySchema,
        upgradesSchema,
      ),
      post: asked(
        'Offers the newest version of its golden path to a service, by a pull request; one that is open is brought up to date',
        upgradeRequestSchema,
        openedUpgradeSchema,
      ),
    },
    '/upgrades/preview': {
      post: asked(
        'What the pull request would change',
        upgradeRequestSchema,
        upgradePreviewSchema,
      ),
    },
    ...insightPaths,
    ...adoptionPaths,
    ...rolloutPaths,
  },
);
