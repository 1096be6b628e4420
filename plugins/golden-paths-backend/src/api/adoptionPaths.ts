import {
  adoptionPreviewRequestSchema,
  adoptionPreviewSchema,
  adoptionRequestSchema,
  adoptionsQuerySchema,
  adoptionsSchema,
  openedAdoptionSchema,
} from '@waymark/backstage-plugin-golden-paths-common';
import { asked, read } from './describe';

/** Adoptions, for the OpenAPI document. */
export const adoptionPaths = {
  '/adoptions': {
    ...read(
      'Pull requests that put components on a golden path, the newest first',
      adoptionsQuerySchema,
      adoptionsSchema,
    ),
    post: asked(
      'Puts a component on a golden path, by a pull request; one that is open is brought up to date',
      adoptionRequestSchema,
      openedAdoptionSchema,
    ),
  },
  '/adoptions/preview': {
    post: asked(
      'Which golden path a component looks like, how sure that is and why, and what would be written',
      adoptionPreviewRequestSchema,
      adoptionPreviewSchema,
    ),
  },
};
