import { tokenSource } from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { readAlertSettings } from './config';
import { translate } from './translate';

const envelope = z.object({ status: z.enum(['firing', 'resolved']) });

/**
 * Alertmanager's webhooks of the fourth version. They have no id: what it repeats is
 * the same to the last byte.
 */
export const alertmanager = tokenSource({
  id: 'alertmanager',
  what: 'Alerts of Alertmanager',
  event: body => envelope.parse(body).status,
  translator(config) {
    const settings = readAlertSettings(config);
    return delivery => translate(delivery, settings);
  },
});
