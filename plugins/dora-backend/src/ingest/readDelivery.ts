import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Delivery,
  DeliverySource,
  MalformedDelivery,
  Observation,
  observationSchema,
  read,
} from '@waymark/backstage-plugin-dora-node';
import { z } from 'zod';
import { DeliveryOutcome } from './InboxStore';

const observationsSchema = z.array(observationSchema);

/** What a delivery says, or why it says nothing. */
export type Reading = Pick<DeliveryOutcome, 'state' | 'reason'> & {
  said: Observation[];
};

/**
 * Has a source say what its delivery tells.
 *
 * @param delivery - throws where it cannot be opened
 */
export async function readDelivery(
  source: DeliverySource,
  delivery: () => Promise<Delivery>,
  logger: LoggerService,
): Promise<Reading> {
  try {
    const translated = source.translate(await delivery());
    return 'ignored' in translated
      ? { state: 'ignored', reason: translated.ignored, said: [] }
      : {
          state: 'done',
          said: read(observationsSchema, translated.observations),
        };
  } catch (error) {
    if (!(error instanceof MalformedDelivery)) {
      logger.error(`A delivery of ${source.id} was not read`, error as Error);
    }
    return quarantined((error as Error).message);
  }
}

export function quarantined(reason: string): Reading {
  return { state: 'quarantined', reason, said: [] };
}
