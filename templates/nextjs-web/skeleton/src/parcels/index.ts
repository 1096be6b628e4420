import { cache } from 'react';
import { shared } from '@/server/shared';
import { createParcelsClient } from './client';

function client() {
  const { config, parcelsApi } = shared();
  return createParcelsClient({
    url: parcelsApi,
    timeoutSeconds: config.PARCELS_API_TIMEOUT_SECONDS,
  });
}

/** The parcel, asked for once however many components of a page want it. */
export const getParcel = cache((number: string) => client().parcel(number));

/** Where the parcel has been, latest first. */
export const getJourney = cache((number: string) => client().journey(number));
