import { tokenSource } from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { readSettings } from './config';
import { translate } from './translate';

const state = z.object({
  operation: z.object({ phase: z.string() }),
  health: z.object({ status: z.string() }).optional().catch(undefined),
});

/** Argo CD, by its notifications. They have no id: the same state is the same delivery. */
export const argocd = tokenSource({
  id: 'argocd',
  what: 'Deployments of Argo CD',
  event(body) {
    const { operation, health } = state.parse(body);
    return operation.phase === 'Succeeded' && health
      ? `${operation.phase}, ${health.status}`
      : operation.phase;
  },
  translator(config) {
    const settings = readSettings(config);
    return delivery => translate(delivery, settings);
  },
});
